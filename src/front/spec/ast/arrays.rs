//! `data` of arrays and images.

use super::super::span::Spanned;
use super::data::{Column, RowRange, Text};
use super::exact::Exact;

/// `idx "images" labels "labels" scale 1/255 ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Arrays {
    /// The files.
    pub file: ArrayFile,
    /// `scale 1/255`: what stored numbers are multiplied with.
    pub scale: Option<Exact>,
    /// `mean (...)`: what is subtracted then, a number for all or one a channel.
    pub mean: Option<Spanned<Vec<Exact>>>,
    /// `std (...)`: what is divided by at last.
    pub std: Option<Spanned<Vec<Exact>>>,
    /// `channels last -> first`
    pub channels: Option<Spanned<Channels>>,
    /// Rows that are used; all if absent.
    pub rows: Option<Vec<RowRange>>,
}

/// Where arrays come from.
#[derive(Clone, Debug, PartialEq)]
pub enum ArrayFile {
    /// `idx "images" labels "labels"`
    Idx {
        /// Samples.
        images: Text,
        /// Classes.
        labels: Text,
    },
    /// `npy "images.npy" labels "labels.npy"`
    Npy {
        /// Samples.
        images: Text,
        /// Classes.
        labels: Text,
    },
    /// `npz "both.npz" images x_test labels y_test`
    Npz {
        /// The archive.
        path: Text,
        /// Samples.
        images: Column,
        /// Classes.
        labels: Column,
    },
    /// `cifar "test_batch.bin"`
    Cifar(Text),
}

/// `channels last -> first`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channels {
    /// Where the file has them.
    pub from: ChannelAxis,
    /// Where the network has them; there too if absent.
    pub to: Option<ChannelAxis>,
}

/// A place of the dimension that counts channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelAxis {
    /// `first`: planes.
    First,
    /// `last`: pixels.
    Last,
}
