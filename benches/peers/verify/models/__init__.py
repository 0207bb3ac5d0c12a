"""Builders of models, one file a tool. Each has `TOOLS`: name -> builder.

A builder takes a network (`onnx.ModelProto`, its chain of layers or nothing) and a box, and returns
`search.Model` with the network in it. It lets the errors of its tool through.
"""
