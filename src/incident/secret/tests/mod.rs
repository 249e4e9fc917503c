//! What is a secret and what is not, in tables; and what must hold for any text.
//!
//! Tokens are put together from pieces, so that no scanner of a hosting service takes this file for a leak.

mod hits;
mod quiet;
mod random;
mod streamed;

/// Thirty-six letters and digits, mixed.
const MIXED: &str = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2zA4";

/// Sixty-four digits of hex.
const HEX: &str = "9f8e7d6c5b4a39281706f5e4d3c2b1a00f1e2d3c4b5a69788796a5b4c3d2e1f0";
