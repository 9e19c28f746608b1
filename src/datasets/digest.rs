//! What is the SHA-256 of some parts, and how is it written?

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Bytes of a SHA-256.
pub(super) const LENGTH: usize = 32;

/// The SHA-256 of some parts, each with its length in front.
pub(super) fn of(parts: &[&[u8]]) -> [u8; LENGTH] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
