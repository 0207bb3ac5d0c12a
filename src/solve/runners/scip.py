# Runs the interactive shell that lives inside a SCIP library: ARGV = library, shell arguments.
# The library finds its neighbours by itself, so nothing else is imported.
import ctypes
import sys

shell = ctypes.CDLL(sys.argv[1]).SCIPrunShell
words = [b"scip"] + [word.encode() for word in sys.argv[2:]]
argv = (ctypes.c_char_p * (len(words) + 1))(*words, None)
SCIP_OKAY = 1
sys.exit(0 if shell(len(words), argv, b"scip.set") == SCIP_OKAY else 1)
