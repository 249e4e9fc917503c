//! Whether others than the owner may change a file.

/// Whether permission bits let others write: everybody, or a group that is not the owner's own. Many systems give each
/// user a group of the same number, and let it write by default.
pub const fn others_may_write(mode: u32, owner: u32, group: u32) -> bool {
    mode & 0o002 != 0 || (mode & 0o020 != 0 && group != owner)
}

#[cfg(test)]
mod tests {
    use super::others_may_write;

    #[test]
    fn ones_own_group_is_no_other() {
        assert!(others_may_write(0o666, 1000, 1000) && others_may_write(0o660, 1000, 100));
        assert!(!others_may_write(0o664, 1000, 1000) && !others_may_write(0o644, 1000, 100));
    }
}
