//! Arrays written by NumPy are read as what was written, and damaged ones are refused.

use crate::memory;
use crate::mutate;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use theriac::front::data::{Array, Element, load, load_bytes, load_cifar, load_cifar_bytes};

fn path(name: &str) -> PathBuf {
    Path::new("tests/data/arrays").join(name)
}

/// `100 i + 10 j + k` of a sample, row-major.
fn cube(i: usize, f: impl Fn(f64) -> f64) -> Vec<f64> {
    (0..8).map(|e| f((100 * i + 10 * (e / 4) + e % 4) as f64)).collect()
}

fn is_cube(array: &Array, element: Element, f: impl Fn(f64) -> f64) {
    assert_eq!((array.shape.as_slice(), array.element), ([3, 2, 4].as_slice(), element));
    assert_eq!((array.rows(), array.row_len()), (3, 8));
    for i in 0..3 {
        assert_eq!(array.row(i).unwrap(), cube(i, &f), "{element:?} {i}");
    }
    assert!(array.row(3).is_err());
}

#[test]
fn every_type_and_order_is_read() {
    let read = |name| load(&path(name), None).unwrap();
    is_cube(&read("f32.npy"), Element::Single, |v| v + 0.5);
    is_cube(&read("f64_fortran.npy"), Element::Double, |v| v - 0.25);
    is_cube(&read("i64_big.npy"), Element::Signed(8), |v| -v);
    is_cube(&read("i16_fortran.npy"), Element::Signed(2), |v| -v);
    is_cube(&read("one.npz"), Element::Double, |v| v - 0.25);
    is_cube(&load(&path("two.npz"), Some("images")).unwrap(), Element::Single, |v| v + 0.5);
    for labels in [read("u8_labels.npy"), load(&path("two.npz"), Some("labels")).unwrap()] {
        assert_eq!(labels.classes().unwrap(), [7, 0, 9]);
        assert_eq!(labels.row(2).unwrap(), [9.0]);
    }
    for name in ["images.idx", "images.idx.gz"] {
        let images = read(name);
        assert_eq!(images.element, Element::Unsigned(1));
        let pixels: Vec<f64> = (0..8).map(|e| (100 + 10 * (e / 4) + e % 4) as f64).collect();
        assert_eq!(
            (images.shape.as_slice(), images.row(2).unwrap()),
            ([3, 2, 4].as_slice(), pixels)
        );
    }
    let floats = read("floats.idx");
    assert_eq!((0..3).map(|i| floats.row(i).unwrap()[0]).collect::<Vec<_>>(), [1.5, -2.0, 3.0]);
}

#[test]
fn cifar_records_are_images_and_labels() {
    let found = load_cifar(&path("cifar.bin.gz")).unwrap();
    assert_eq!(found.labels.classes().unwrap(), [3, 8]);
    assert_eq!(found.images.shape, [2, 3, 32, 32]);
    for (i, label) in [3, 8].into_iter().enumerate() {
        let expected: Vec<f64> = (0..3072).map(|p| f64::from((label + 3 * p) % 256)).collect();
        assert_eq!(found.images.row(i).unwrap(), expected);
    }
    let told = |data: Vec<u8>| load_cifar_bytes("c", data.into()).unwrap_err().to_string();
    assert!(
        told(vec![0; 3072]).starts_with("c: the file has 3072 bytes, which is no whole number")
    );
    let mut wrong = vec![0; 2 * 3073];
    wrong[3073] = 10;
    assert_eq!(told(wrong), "c: label 1 is 10, which is no class; classes are integers from 0");
}

#[test]
fn refusals_name_file_and_rule() {
    let told = |name: &str, member| load(&path(name), member).unwrap_err().to_string();
    assert_eq!(
        told("f16.npy", None),
        "tests/data/arrays/f16.npy: elements of type `<f2` are not supported; store integers, \
         float32 or float64"
    );
    assert!(told("scalar.npy", None).contains("the array has no dimension"));
    assert_eq!(
        told("two.npz", None),
        "tests/data/arrays/two.npz: say which array is meant; the file has `images`, `labels`"
    );
    assert!(told("two.npz", Some("x")).contains("there is no array `x`; the file has `images`"));
    assert!(told("README.md", None).contains("this is no .npy, .npz or IDX file"));
    assert!(told("none.npy", None).contains("the file cannot be read"));
    let mut bytes = fs::read(path("f32.npy")).unwrap();
    let end = bytes.len();
    bytes[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    let array = load_bytes("a", bytes.into(), None).unwrap();
    assert_eq!(
        array.row(2).unwrap_err().to_string(),
        "element 7 of sample 2 is NaN; every element must be a finite number"
    );
    assert_eq!(array.row(1).unwrap(), cube(1, |v| v + 0.5));
    assert!(array.classes().unwrap_err().to_string().contains("there are 8 numbers a sample"));
    let mut big = fs::read(path("i64_big.npy")).unwrap();
    big[128..136].copy_from_slice(&9_007_199_254_740_993_i64.to_be_bytes());
    let told = load_bytes("a", big.into(), None).unwrap().row(0).unwrap_err().to_string();
    assert_eq!(told, "element 0 of sample 0 is 9007199254740993, which no double holds exactly");
}

#[test]
fn harmed_files_are_refused_or_read_in_bounded_memory() {
    let names = ["f32.npy", "f64_fortran.npy", "two.npz", "one.npz", "images.idx", "images.idx.gz"];
    let mut rng = fastrand::Rng::with_seed(3);
    let (mut refused, mut read) = (0, 0);
    for name in names {
        let whole = fs::read(path(name)).unwrap();
        for end in 0..whole.len() {
            let cut = load_bytes("a", Bytes::copy_from_slice(&whole[..end]), Some("images"));
            assert!(cut.is_err(), "{name} cut at {end}");
        }
        for _ in 0..1500 {
            let harmed = mutate::harm(&whole, &mut rng);
            let size = harmed.len();
            let data = Bytes::from(harmed);
            let (found, held) = memory::measured(|| load_bytes("a", data, Some("images")));
            assert!(held < 64 * size + (1 << 21), "{name}: {held} for {size}");
            match found {
                Ok(array) => {
                    read += 1;
                    let rows = array.rows().min(5);
                    (0..rows).for_each(|i| drop(array.row(i)));
                    drop(array.classes());
                }
                Err(e) => {
                    refused += 1;
                    assert!(e.to_string().starts_with("a: ") && e.to_string().len() < 300, "{e}");
                }
            }
        }
    }
    assert!(refused > 3000 && read > 500, "{refused} {read}");
}
