//! The layer as a whole: what is compiled in, what people write over it, and what nobody should have written.

mod compiled_in;
mod faults;
mod hostile;
mod overlay;
mod selection;
