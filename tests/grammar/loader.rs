//! Files that come from elsewhere than the disk.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use bytes::Bytes;
use theriac::front::hash::sha256_bytes;
use theriac::front::spec::{self, FileRole, Loader};
use theriac::question::Labels;

/// Files by name; a name without bytes cannot be opened.
struct Memory(BTreeMap<&'static str, Option<Vec<u8>>>);

impl Loader for Memory {
    fn bytes(&self, path: &Path) -> io::Result<Bytes> {
        match path.to_str().and_then(|path| self.0.get(path)) {
            Some(Some(bytes)) => Ok(Bytes::from(bytes.clone())),
            Some(None) => Err(io::ErrorKind::PermissionDenied.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

const TEXT: &str = "network net = dense 1 -> 1 start zero
data train = csv \"sub/a.csv\" features x label y in {no -> -1, yes -> +1} rows 1..2, 0
train net on train { loss hinge; rate 1; steps 1; batch full }
threat { touch at most 1; labels flip }
ask worst margin at train[0]
";

#[test]
fn a_specification_in_memory() {
    let csv = b"x,y\n1,yes\n2,no\n3,yes\n".to_vec();
    let memory = Memory(BTreeMap::from([("sub/a.csv", Some(csv.clone()))]));
    let spec = spec::resolve("memory", TEXT, &memory).unwrap().poison().unwrap();
    assert_eq!(spec.question.train.labels, Labels::Signs(vec![-1, 1, 1]));
    assert_eq!(spec.question.train.features.column(0).to_vec(), [2.0, 3.0, 1.0]);
    let [file] = spec.files.as_slice() else { panic!("{:?}", spec.files) };
    assert_eq!((file.role, file.name.as_str()), (FileRole::Data, "train"));
    assert_eq!((file.path.as_path(), &file.sha256), (Path::new("sub/a.csv"), &sha256_bytes(&csv)));
}

#[test]
fn a_file_that_cannot_be_opened() {
    let memory = Memory(BTreeMap::from([("sub/a.csv", None)]));
    let errors = spec::resolve("memory", TEXT, &memory).unwrap_err();
    assert_eq!(errors.list.len(), 1);
    assert_eq!((errors.list[0].code, errors.list[0].span.line(TEXT)), ("THR0110", 2));
    assert!(errors.list[0].message.starts_with("`sub/a.csv` cannot be read: "), "{errors:?}");
}

/// Parameters that are not the tensors of the file would be trained differently.
#[test]
fn networks_that_fold_constants_are_refused() {
    let text = TEXT.replace("dense 1 -> 1 start zero", "onnx \"net.onnx\"");
    let csv = b"x,y\n1,yes\n2,no\n3,yes\n".to_vec();
    for (alpha, refused) in [(1.0f32, false), (2.0, true)] {
        let files = [("sub/a.csv", Some(csv.clone())), ("net.onnx", Some(gemm(alpha)))];
        match spec::resolve("memory", &text, &Memory(BTreeMap::from(files))) {
            Ok(spec) => {
                assert!(!refused);
                let spec = spec.poison().unwrap();
                let affine = spec.question.network.affine().next().unwrap();
                assert_eq!((affine.weight[[0, 0]], affine.node.as_str()), (0.5, "g"));
            }
            Err(errors) => {
                assert!(refused, "{}", errors.plain());
                assert_eq!(errors.list[0].code, "THR0111", "{}", errors.plain());
                assert!(errors.list[0].message.contains("node \"g\""), "{}", errors.plain());
            }
        }
    }
}

/// A length-delimited field of a protocol buffer.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u8::try_from(bytes.len()).unwrap();
    assert!(length < 128);
    [&[number << 3 | 2, length], bytes].concat()
}

/// `y = alpha * x * 0.5` as an ONNX file, written field by field (onnx.proto of ONNX 1.16).
fn gemm(alpha: f32) -> Vec<u8> {
    let dimension = |n: u8| field(1, &[8, n]);
    let shape = [dimension(1), dimension(1)].concat();
    let tensor_type = [vec![8, 1], field(2, &shape)].concat();
    let value = |name: &[u8]| [field(1, name), field(2, &field(1, &tensor_type))].concat();
    let attribute =
        [field(1, b"alpha"), vec![0x15], alpha.to_le_bytes().to_vec(), vec![0xa0, 1, 1]].concat();
    let node = [
        field(1, b"x"),
        field(1, b"w"),
        field(2, b"y"),
        field(3, b"g"),
        field(4, b"Gemm"),
        field(5, &attribute),
    ];
    let weight = [vec![8, 1, 8, 1, 16, 1], field(8, b"w"), field(9, &0.5f32.to_le_bytes())];
    let graph = [
        field(1, &node.concat()),
        field(2, b"graph"),
        field(5, &weight.concat()),
        field(11, &value(b"x")),
        field(12, &value(b"y")),
    ];
    [vec![8, 8], field(7, &graph.concat()), field(8, &[16, 13])].concat()
}
