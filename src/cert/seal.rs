//! The seal of a certificate: a hash over the canonical bytes of everything else in it.

use crate::front::hash::sha256_bytes;

use super::certificate::Certificate;

/// The canonical bytes: compact JSON in the order of the struct's fields, doubles as the shortest
/// decimal that reads back, with an empty seal.
///
/// # Errors
/// When a number is not finite, which JSON cannot hold.
pub fn canonical(certificate: &Certificate) -> Result<Vec<u8>, serde_json::Error> {
    let open = Certificate { seal: String::new(), ..certificate.clone() };
    serde_json::to_vec(&open)
}

/// The seal that belongs to the certificate's other fields.
///
/// # Errors
/// As [`canonical`].
pub fn of(certificate: &Certificate) -> Result<String, serde_json::Error> {
    Ok(sha256_bytes(&canonical(certificate)?))
}
