//! A text in which some passages are set aside, so that nothing that looks for names sees them.

/// The characters that stand for what is set aside: nobody writes them, and no letter is taken for one.
const FIRST: u32 = 0xF_0000;
const LAST: u32 = 0x10_FFFD;

/// What is set aside, and put back in the end.
#[derive(Debug, Default)]
pub struct Aside {
    kept: Vec<String>,
}

impl Aside {
    /// Sets a passage aside; what stands for it. A text with more passages than there are signs keeps the rest open.
    pub fn put(&mut self, passage: &str) -> String {
        let sign = u32::try_from(self.kept.len()).ok().and_then(|place| char::from_u32(FIRST.checked_add(place)?));
        let Some(sign) = sign.filter(|sign| u32::from(*sign) <= LAST) else { return passage.to_owned() };
        self.kept.push(passage.to_owned());
        sign.to_string()
    }

    /// Sets aside whatever somebody wrote that looks like a sign.
    pub fn signs(&mut self, text: &str) -> String {
        if !text.chars().any(is_sign) {
            return text.to_owned();
        }
        text.chars().map(|letter| if is_sign(letter) { self.put(&letter.to_string()) } else { letter.into() }).collect()
    }

    /// The text with everything in its place again.
    pub fn back(&self, text: &str) -> String {
        let mut whole = String::with_capacity(text.len());
        for letter in text.chars() {
            let place = u32::from(letter).checked_sub(FIRST).and_then(|place| usize::try_from(place).ok());
            match place.and_then(|place| self.kept.get(place)) {
                Some(passage) => whole.push_str(passage),
                None => whole.push(letter),
            }
        }
        whole
    }
}

/// Whether a character stands for something that was set aside.
pub fn is_sign(letter: char) -> bool {
    u32::from(letter) >= FIRST
}
