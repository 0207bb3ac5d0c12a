"""Writes the arrays of this folder with NumPy; the numbers are those of `tests/front_data/arrays.rs`."""
import gzip
import struct
import numpy as np

cube = np.fromfunction(lambda i, j, k: 100 * i + 10 * j + k, (3, 2, 4))
np.save("f32.npy", (cube + 0.5).astype("<f4"))
np.save("f64_fortran.npy", np.asfortranarray(cube - 0.25))
np.save("i64_big.npy", (-cube).astype(">i8"))
np.save("i16_fortran.npy", np.asfortranarray((-cube).astype("<i2")))
np.save("u8_labels.npy", np.array([7, 0, 9], dtype="u1"))
np.save("f16.npy", cube.astype("f2"))
np.save("scalar.npy", np.float64(1))
np.savez("two.npz", images=(cube + 0.5).astype("<f4"), labels=np.array([7, 0, 9]))
np.savez_compressed("one.npz", images=np.asfortranarray(cube - 0.25))

images = struct.pack(">BBBBIII", 0, 0, 8, 3, 3, 2, 4) + bytes((50 * i + 10 * j + k) for i in range(3) for j in range(2) for k in range(4))
open("images.idx", "wb").write(images)
open("images.idx.gz", "wb").write(gzip.compress(images, mtime=0))
open("floats.idx", "wb").write(struct.pack(">BBBBI", 0, 0, 13, 1, 3) + struct.pack(">3f", 1.5, -2, 3))
record = lambda label: bytes([label]) + bytes((label + 3 * p) % 256 for p in range(3072))
open("cifar.bin.gz", "wb").write(gzip.compress(record(3) + record(8), mtime=0))
