//! The document as one HTML file that needs nothing else: to read, to print, to send.

use super::outline::Source;
use super::page::{Block, Cell, Picture, Row, Table};
use super::prose::{self, Piece};
use super::readers::{Document, Reader, document};
use super::svg;
use super::times::Times;
use crate::incident::localized::Lang;
use crate::render::escape::html as escape;
use crate::text::Moments;
use crate::text::postmortem::{self as say, Label};
use crate::view::postmortem::Postmortem;
use std::fmt::Write as _;

/// Nothing may be loaded or run, whatever people wrote; the styles are ours.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("postmortem.css");

/// The postmortem as a whole HTML page, with its style and its picture inside.
pub fn html(postmortem: &Postmortem, moments: &Moments) -> String {
    html_of(&document(postmortem, Reader::Engineers, moments), postmortem, moments)
}

/// A document as a whole HTML page, its pictures drawn from the facts.
pub fn html_of(document: &Document, postmortem: &Postmortem, moments: &Moments) -> String {
    let lang = moments.lang();
    let title = escape(&document.title);
    let code = match lang {
        Lang::En => "en",
        Lang::Ja => "ja",
    };
    let blocks = &document.blocks;
    let class = if document.contents { "" } else { " class=\"brief\"" };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body{class}>\n<header>\n<h1>{title}</h1>\n</header>\n"
    );
    if document.contents {
        page.push_str(&contents(blocks, lang));
    }
    page.push_str("<main>\n");
    let mut writer = Writer { page, lang, in_section: false };
    for block in blocks {
        writer.block(block, postmortem, moments);
    }
    writer.close_section();
    writer.page.push_str("</main>\n</body>\n</html>\n");
    writer.page
}

/// A heading's name for links, and its words.
type Link<'a> = (&'a str, &'a str);

/// Links to the sections, those below another one inside it.
fn contents(blocks: &[Block], lang: Lang) -> String {
    let headings = blocks.iter().filter_map(|block| match block {
        Block::Heading(level, heading) => Some((*level, heading.anchor(), heading.text(lang))),
        Block::Titled(level, anchor, words) => Some((*level, anchor.as_str(), words.as_str())),
        _ => None,
    });
    let mut sections: Vec<(Link<'_>, Vec<Link<'_>>)> = Vec::new();
    for (level, anchor, words) in headings {
        let heading = (anchor, words);
        match sections.last_mut().filter(|_| level > 2) {
            Some((_, inner)) => inner.push(heading),
            None => sections.push((heading, Vec::new())),
        }
    }
    let link = |(anchor, words): &Link<'_>| format!("<a href=\"#{}\">{}</a>", escape(anchor), escape(words));
    let mut list = format!("<nav aria-label=\"{}\">\n<ol>\n", Label::Contents.text(lang));
    for (heading, inner) in &sections {
        let _ = write!(list, "<li>{}", link(heading));
        if !inner.is_empty() {
            let inner: Vec<String> = inner.iter().map(link).collect();
            let _ = write!(list, "<ul><li>{}</li></ul>", inner.join("</li><li>"));
        }
        list.push_str("</li>\n");
    }
    list + "</ol>\n</nav>\n"
}

struct Writer {
    page: String,
    lang: Lang,
    in_section: bool,
}

impl Writer {
    fn block(&mut self, block: &Block, postmortem: &Postmortem, moments: &Moments) {
        let shown = match block {
            Block::Heading(level, heading) => self.heading(*level, heading.anchor(), heading.text(self.lang)),
            Block::Titled(level, anchor, words) => self.heading(*level, anchor, words),
            Block::Subheading(words) => format!("<h4>{}</h4>", escape(words)),
            Block::Notice(words) => format!("<p class=\"notice\"><strong>{}</strong></p>", escape(words)),
            Block::Paragraph(words) => format!("<p>{}</p>", escape(words)),
            Block::Words(words) => format!("<blockquote class=\"words\">{}</blockquote>", escape(words.trim())),
            Block::Human(human) => match &human.text {
                Some(text) => written(text),
                None => {
                    let label = Label::ToWrite.text(self.lang);
                    format!("<p class=\"prompt\"><strong>{label}</strong> {}</p>", escape(&human.question))
                }
            },
            Block::Plain(drawing) => format!("<pre>{}</pre>", escape(drawing)),
            Block::Causes(_) => drawn(&svg::causes(postmortem, self.lang), &say::causes_title(self.lang), ""),
            Block::Bars(_) => picture(Picture::Impact, postmortem, moments),
            Block::Picture(which) => picture(*which, postmortem, moments),
            Block::Table(shown) => table(shown),
        };
        self.page.push_str(&shown);
        self.page.push('\n');
    }

    fn heading(&mut self, level: u8, anchor: &str, words: &str) -> String {
        let anchor = escape(anchor);
        if level == 2 {
            self.close_section();
            self.in_section = true;
            let _ = writeln!(self.page, "<section aria-labelledby=\"{anchor}\">");
        }
        format!("<h{level} id=\"{anchor}\">{}</h{level}>", escape(words))
    }

    fn close_section(&mut self) {
        if self.in_section {
            self.page.push_str("</section>\n");
        }
        self.in_section = false;
    }
}

/// What people wrote, its paragraphs and lists as they are.
fn written(text: &str) -> String {
    let pieces = prose::pieces(text).into_iter().map(|piece| match piece {
        Piece::Paragraph(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| escape(line).into_owned()).collect();
            format!("<p>{}</p>", lines.join("<br>\n"))
        }
        Piece::List(numbered, items) => {
            let kind = if numbered { "ol" } else { "ul" };
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", escape(item))).collect();
            format!("<{kind}>\n{items}</{kind}>")
        }
    });
    format!("<div class=\"written\">\n{}\n</div>", pieces.collect::<Vec<_>>().join("\n"))
}

/// The picture; on a narrow screen it scrolls sideways, by keyboard too, rather than shrink beyond reading.
fn picture(which: Picture, postmortem: &Postmortem, moments: &Moments) -> String {
    let lang = moments.lang();
    let source = Source { facts: postmortem, times: Times::new(postmortem, moments), lang };
    match which {
        Picture::Timeline | Picture::Phases => {
            let (picture, left_out) = svg::chart(postmortem, moments, which == Picture::Timeline);
            drawn(&picture, &say::chart_title(postmortem.number, lang), &left_out.join(" "))
        }
        Picture::Impact => {
            svg::impact_chart(&source).map(|picture| drawn(&picture, &say::impact_title(lang), "")).unwrap_or_default()
        }
        Picture::Plan => {
            let (picture, more) = svg::plan_chart(&source);
            let caption = if more > 0 { say::more(more, lang) } else { String::new() };
            drawn(&picture, &say::plan_title(lang), &caption)
        }
    }
}

fn drawn(picture: &str, name: &str, caption: &str) -> String {
    let caption =
        if caption.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>\n", escape(caption)) };
    format!(
        "<figure>\n<section class=\"picture\" aria-label=\"{}\" tabindex=\"0\">\n{picture}\n</section>\n\
         {caption}</figure>",
        escape(name)
    )
}

fn table(table: &Table) -> String {
    let mut text = format!("<table class=\"{}\">\n", table.name);
    if !table.head.is_empty() {
        text.push_str("<thead>\n<tr>");
        for name in &table.head {
            let _ = write!(text, "<th scope=\"col\">{}</th>", escape(name));
        }
        text.push_str("</tr>\n</thead>\n");
    }
    text.push_str("<tbody>\n");
    for row in &table.rows {
        let _ = writeln!(text, "<tr>{}</tr>", cells(row, table));
    }
    text + "</tbody>\n</table>"
}

fn cells(row: &Row, table: &Table) -> String {
    let mut text = String::new();
    for (place, cell) in row.cells.iter().enumerate() {
        let full = row.full.as_ref().filter(|_| place == table.wordy);
        let full = full.map(|words| format!("<div class=\"full\">{}</div>", escape(words.trim()))).unwrap_or_default();
        let _ = match place {
            0 if !cell.text.is_empty() => write!(text, "<th scope=\"row\">{}{full}</th>", shown(cell)),
            _ => write!(text, "<td>{}{full}</td>", shown(cell)),
        };
    }
    text
}

fn shown(cell: &Cell) -> String {
    let text = escape(&cell.text);
    match cell.at {
        Some(at) => format!("<time datetime=\"{at}\">{text}</time>"),
        None => text.into_owned(),
    }
}
