//! What every picture has: a size, a name and a description for those who don't see it.

use crate::render::escape::html as escape;

/// An `svg` element with a title and a description; `id` keeps them apart on one page.
pub fn svg(id: &str, size: (i64, i64), title: &str, description: &str, body: &str) -> String {
    let (width, height) = size;
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{body}</svg>",
        escape(title),
        escape(description)
    )
}
