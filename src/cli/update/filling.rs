//! Filling an organisation's own template in a process of its own: what a template builds up in memory has no bound
//! that the engine knows, so the system sets one, and only that process ends when it is reached.

use crate::incident::localized::Lang;
use crate::incident::slug::Stage;
use crate::text::statement::{Draft, Frame, TemplateError, Templates, fill};
use crate::ui::{Color, Ui};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::process::{Command, ExitCode, Stdio};

/// What this program is called with to be that process.
const ASKED: &str = "--fill-template";

/// Memory in bytes for a template with everything that it builds up: a statement needs a thousandth.
const MEMORY: u64 = 64 * 1024 * 1024;

/// Addresses in bytes, where the system doesn't count memory itself.
const ADDRESSES: u64 = 1024 * 1024 * 1024;

/// Seconds of the processor for a template.
const SECONDS: u64 = 3;

/// A template to be filled.
#[derive(Serialize, Deserialize)]
struct Task {
    file: String,
    text: String,
    lang: Lang,
    frame: Frame,
}

/// The draft for a stage, an audience and a language; an own template is filled in bounded memory and time.
///
/// # Errors
/// A template that can't be filled in, or that asks for more than a statement can need.
pub fn draft(
    templates: &Templates,
    stage: Stage,
    audience: &str,
    lang: Lang,
    frame: &Frame,
) -> Result<Draft, TemplateError> {
    match templates.own(stage, audience, lang) {
        Some((file, text)) => {
            let (file, text) = (file.to_owned(), text.to_owned());
            apart(&Task { file, text, lang, frame: frame.clone() })
        }
        None => templates.render(stage, audience, lang, frame),
    }
}

fn apart(task: &Task) -> Result<Draft, TemplateError> {
    let failed = |error: std::io::Error| TemplateError::not_filled(&task.file, &error.to_string());
    let program = std::env::current_exe().map_err(failed)?;
    let mut command = Command::new(program);
    command.arg(ASKED).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        // One that has ended before says so by how it ended.
        drop(input.write_all(&serde_json::to_vec(task).unwrap_or_default()));
    }
    let output = child.wait_with_output().map_err(failed)?;
    let answer = serde_json::from_slice(&output.stdout).ok().filter(|_| output.status.success());
    answer.unwrap_or_else(|| Err(TemplateError::too_much(&task.file)))
}

/// Fills the template on standard input, where this process was started for it.
pub fn answer(arguments: &[OsString]) -> Option<ExitCode> {
    if !matches!(arguments, [_, asked] if asked == ASKED) {
        return None;
    }
    // Memory first: what is read counts too. A process that ends for want of it leaves no image on the disk.
    for (resource, most) in
        [(Resource::Core, 0), (Resource::Data, MEMORY), (Resource::As, ADDRESSES), (Resource::Cpu, SECONDS)]
    {
        let maximum = getrlimit(resource).maximum;
        let most = maximum.map_or(most, |maximum| most.min(maximum));
        if setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_err() {
            return Some(ExitCode::FAILURE);
        }
    }
    let mut task = Vec::new();
    let read = std::io::stdin().read_to_end(&mut task);
    let Some(task) = read.ok().and_then(|_| serde_json::from_slice::<Task>(&task).ok()) else {
        return Some(ExitCode::FAILURE);
    };
    let draft = fill(&task.file, &task.text, task.lang, &task.frame);
    let written = serde_json::to_vec(&draft).map_err(std::io::Error::from);
    let ui = Ui::new(task.lang, true, true, true, Color::Never);
    let written = written.and_then(|bytes| ui.pour(&mut bytes.as_slice()));
    Some(if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
