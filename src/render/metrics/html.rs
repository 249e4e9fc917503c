//! The figures as one HTML file that needs nothing else: to read, to print, to send.

use super::{chart, key, length, middle, near_misses, shares, told, words};
use crate::incident::localized::Lang;
use crate::render::escape::html as escape;
use crate::say;
use crate::text::Moments;
use crate::view::metrics::{Measure, MeasureKind, Metrics, Of};
use std::fmt::Write as _;

/// Nothing may be loaded or run, whatever people wrote; the styles are ours.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("metrics.css");

/// The figures as a whole HTML page, with their style and their pictures inside.
pub fn html(metrics: &Metrics, moments: &Moments) -> String {
    let lang = moments.lang();
    let title = words::title(metrics, moments);
    let title = escape(&title);
    let code = chart::code(lang);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    );
    for line in words::left_out(metrics, lang) {
        let _ = writeln!(page, "<p>{}</p>", escape(&line));
    }
    page.push_str("</header>\n<main>\n");
    if metrics.counted > 0 {
        let body = times(metrics, moments);
        section(&mut page, "times", &say!(lang, "How long it took", "所要時間"), &body);
        let body = kept(metrics, lang);
        section(&mut page, "kept", &say!(lang, "What was kept", "守られたか"), &body);
        for (place, (name, again)) in words::came_back(metrics, lang).into_iter().enumerate() {
            let items: String = again.iter().map(|one| format!("<li>{}</li>\n", escape(&told(one, lang)))).collect();
            section(&mut page, &format!("again-{place}"), &name, &format!("<ul>\n{items}</ul>\n"));
        }
        if metrics.asked.by.is_some() {
            let body = parts(metrics, moments);
            section(&mut page, "parts", &words::parted(metrics, lang), &body);
        }
    }
    if metrics.asked.of == Of::Real {
        let lines: String =
            near_misses(&metrics.near_misses, lang).iter().map(|line| format!("<li>{}</li>\n", escape(line))).collect();
        let name = say!(lang, "Near misses", "ヒヤリハット");
        section(&mut page, "near-misses", &name, &format!("<ul>\n{lines}</ul>\n"));
    }
    page + "</main>\n</body>\n</html>\n"
}

fn section(page: &mut String, id: &str, name: &str, body: &str) {
    let name = escape(name);
    let _ = write!(page, "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{name}</h2>\n{body}</section>\n");
}

fn times(metrics: &Metrics, moments: &Moments) -> String {
    let lang = moments.lang();
    let head = match lang {
        Lang::En => ["measure", "n", "left out", "least", "median", "p90", "most"],
        Lang::Ja => ["指標", "n", "除外", "最短", "中央値", "p90", "最長"],
    };
    let row = |measure: &Measure| {
        let spread = &measure.spread;
        let mut row = vec![words::measure(measure.kind, lang).to_owned(), spread.n.to_string()];
        row.push(match words::absences(measure, lang) {
            Some(why) => format!("{}: {why}", measure.absent()),
            None => "0".to_owned(),
        });
        row.extend([spread.least, spread.median, spread.p90, spread.most].map(|span| length(span, moments)));
        row
    };
    let mut body = table(&head, metrics.measures.iter().map(row));
    let _ = writeln!(body, "<p>{}</p>", escape(&words::ranks(lang)));
    for measure in &metrics.measures {
        let name = words::measure(measure.kind, lang);
        let _ = write!(body, "<h3>{}</h3>\n<p>{}</p>\n", escape(name), escape(&super::formula(measure, lang)));
        if measure.spread.n > 0 {
            body.push_str(&chart::distribution(measure, moments));
            let bounds = words::bounds(moments);
            let head: Vec<&str> = bounds.iter().map(String::as_str).collect();
            let counts = measure.spread.bins.iter().map(ToString::to_string).collect();
            body.push_str(&table(&head, std::iter::once(counts)));
        }
    }
    body
}

fn kept(metrics: &Metrics, lang: Lang) -> String {
    let head = match lang {
        Lang::En => ["what", "share", "of", "in detail", "formula"],
        Lang::Ja => ["項目", "割合", "対象", "内訳", "計算式"],
    };
    let rows = shares(metrics, lang).into_iter().map(|share| {
        let percent = share.percent();
        vec![share.name, percent, share.of, share.note, share.formula]
    });
    table(&head, rows)
}

fn parts(metrics: &Metrics, moments: &Moments) -> String {
    let lang = moments.lang();
    let name = |group: &crate::view::metrics::Group| key(group, moments);
    let mut body = String::new();
    for kind in [MeasureKind::Resolve, MeasureKind::Acknowledge] {
        let any = metrics.groups.iter().flat_map(|group| &group.measures);
        if any.into_iter().any(|measure| measure.kind == kind && measure.spread.n > 0) {
            body.push_str(&chart::parts(&metrics.groups, kind, &name, moments));
        }
    }
    let parted = words::parted(metrics, lang);
    let mut head = vec![parted.as_str(), words::incidents(lang)];
    head.extend(metrics.measures.iter().map(|measure| words::short(measure.kind, lang)));
    let rows = metrics.groups.iter().map(|group| {
        let mut row = vec![name(group), group.counted.to_string()];
        row.extend(group.measures.iter().map(|measure| middle(measure, moments)));
        row
    });
    body.push_str(&table(&head, rows));
    let _ = writeln!(body, "<p>{}</p>", escape(&words::middles(lang)));
    body
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = "<table>\n<thead>\n<tr>".to_owned();
    for name in head {
        let _ = write!(text, "<th scope=\"col\">{}</th>", escape(name));
    }
    text.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        text.push_str("<tr>");
        for (place, cell) in row.iter().enumerate() {
            let cell = escape(cell);
            let _ = match place {
                0 if row.len() == head.len() && head.len() < 10 => write!(text, "<th scope=\"row\">{cell}</th>"),
                _ => write!(text, "<td>{cell}</td>"),
            };
        }
        text.push_str("</tr>\n");
    }
    text + "</tbody>\n</table>\n"
}
