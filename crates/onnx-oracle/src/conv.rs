//! Convolution on an input that is copied into a frame of zeros first.

use onnx_protobuf::NodeProto;

use crate::run::Dense;

/// `Conv` of one or two spatial dimensions; one dimension is taken for two.
pub(crate) fn conv(
    node: &NodeProto,
    x: &Dense,
    w: &Dense,
    bias: Option<&Dense>,
) -> Result<Dense, String> {
    let rank = x.dims.len().saturating_sub(2);
    if !(1..=2).contains(&rank) || w.dims.len() != rank + 2 {
        return Err(format!("convolution of {:?} with {:?}", x.dims, w.dims));
    }
    let ints = |name: &str, default: usize, count: usize| -> Vec<usize> {
        let found = node.attribute.iter().find(|a| a.name == name);
        found.map_or(vec![default; count], |a| a.ints.iter().map(|v| *v as usize).collect())
    };
    // A leading dimension of one where there is none.
    let two = |list: &[usize], fill: usize| match list {
        [a] => [fill, *a],
        [a, b, ..] => [*a, *b],
        [] => [fill, fill],
    };
    let size = two(&x.dims[2..], 1);
    let kernel = two(&w.dims[2..], 1);
    let stride = two(&ints("strides", 1, rank), 1);
    let dilation = two(&ints("dilations", 1, rank), 1);
    let pads = ints("pads", 0, 2 * rank);
    let mut front = two(&pads[..rank], 0);
    let mut back = two(&pads[rank..], 0);
    let auto = node.attribute.iter().find(|a| a.name == "auto_pad").map(|a| a.s.to_vec());
    let auto = auto.map(|s| String::from_utf8_lossy(&s).into_owned()).unwrap_or_default();
    if auto.starts_with("SAME") {
        for k in 0..2 {
            let outputs = size[k].div_ceil(stride[k]);
            let reach = (outputs - 1) * stride[k] + (kernel[k] - 1) * dilation[k] + 1;
            let total = reach.max(size[k]) - size[k];
            let (less, more) = (total / 2, total - total / 2);
            (front[k], back[k]) = if auto == "SAME_UPPER" { (less, more) } else { (more, less) };
        }
    }
    let [height, width] = [0, 1].map(|k| front[k] + size[k] + back[k]);
    let (batch, channels) = (x.dims[0], x.dims[1]);
    let mut frame = vec![0.0; batch * channels * height * width];
    for plane in 0..batch * channels {
        for i in 0..size[0] {
            for j in 0..size[1] {
                let to = (plane * height + i + front[0]) * width + j + front[1];
                frame[to] = x.data[(plane * size[0] + i) * size[1] + j];
            }
        }
    }
    let outputs = [(0, height), (1, width)]
        .map(|(k, all)| (all - (kernel[k] - 1) * dilation[k] - 1) / stride[k] + 1);
    let (maps, per_group) = (w.dims[0], w.dims[1]);
    let maps_per_group = maps / (channels / per_group);
    let mut data = Vec::new();
    for b in 0..batch {
        for m in 0..maps {
            let first = m / maps_per_group * per_group;
            for o in 0..outputs[0] {
                for p in 0..outputs[1] {
                    let mut sum = bias.map_or(0.0, |b| b.data[m]);
                    for c in 0..per_group {
                        for k in 0..kernel[0] {
                            for l in 0..kernel[1] {
                                let row = o * stride[0] + k * dilation[0];
                                let column = p * stride[1] + l * dilation[1];
                                let plane = b * channels + first + c;
                                let number =
                                    w.data[((m * per_group + c) * kernel[0] + k) * kernel[1] + l];
                                sum += number * frame[(plane * height + row) * width + column];
                            }
                        }
                    }
                    data.push(sum);
                }
            }
        }
    }
    let mut dims = vec![batch, maps];
    dims.extend(&outputs[2 - rank..]);
    Ok(Dense { dims, data })
}
