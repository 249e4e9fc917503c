//! `service`: what we run, who answers for which layer, and whom to call (E1, D3).

use super::desk::Desk;
use crate::error::{Exit, Failure};
use crate::render::json::{SCHEMA, ServiceDoc, ServiceShowDoc, ServicesDoc};
use crate::render::{service_list, service_page};
use crate::say;
use crate::text::one_line;
use crate::view;

/// How a service is written down; it can be pasted as it is.
const EXAMPLE: &str = r#"  [[service]]
  id = "checkout"
  title = { en = "Checkout", ja = "決済" }
  importance = "critical"
  owner = "payments team"
  contacts = ["payments desk"]
  [[service.layer]]
  name = "hardware"
  by = "vendor"
  owner = "Example Cloud"
  contacts = ["Example Cloud support"]
  [[service.layer]]
  name = "application"
  by = "own""#;

/// Show the services of the policy: who answers for them, whom to call, whom to reach
///
/// They are written as [[service]] in policy.toml, before the outage.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List the services, and the open incidents that hit them
    List,
    /// Show a service: the responsibility matrix, the escalation ladder, the contacts
    Show {
        /// Its id, or another name of it
        #[arg(value_name = "NAME", add = super::complete::services())]
        name: String,
    },
}

pub fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    match args.action {
        Action::List => list(desk),
        Action::Show { name } => show(desk, &name),
    }
}

fn list(desk: &Desk) -> Result<(), Failure> {
    let policy = &desk.engine.library().policy;
    let store = desk.store()?;
    let items = view::services(&store.reader(), policy, desk.env.now());
    let items = items.map_err(|error| desk.failed(&error.into(), None))?;
    if desk.ui.quiet && !desk.ui.json {
        for item in &items {
            desk.ui.out(&one_line(&item.service.id));
        }
        return Ok(());
    }
    desk.print(
        || ServicesDoc { schema: SCHEMA, services: items.iter().map(ServiceDoc::new).collect() },
        |page| service_list(page, &items),
    );
    if items.is_empty() {
        desk.ui.remark(&how_to_add(desk));
    }
    Ok(())
}

fn show(desk: &Desk, name: &str) -> Result<(), Failure> {
    let policy = &desk.engine.library().policy;
    let Some(service) = policy.service(name) else {
        let message = say!(desk.lang, "no service `{}`", "サービス「{}」はありません", one_line(name));
        let failure = Failure::new(Exit::Reference, "unknown-service", message);
        let known: Vec<&str> = policy.service.iter().map(|service| service.id.as_str()).collect();
        let known = one_line(&known.join(", ")).into_owned();
        return Err(failure.hint(if known.is_empty() {
            how_to_add(desk)
        } else {
            say!(desk.lang, "services: {known}", "サービス: {known}")
        }));
    };
    let store = desk.store()?;
    let now = desk.env.now();
    let item = view::service(&store.reader(), policy, service, now);
    let item = item.map_err(|error| desk.failed(&error.into(), None))?;
    desk.print(|| ServiceShowDoc::new(&item, now), |page| service_page(page, &item));
    Ok(())
}

fn how_to_add(desk: &Desk) -> String {
    let file = desk.config.as_deref().map(|folder| crate::text::path(&folder.join("policy.toml")));
    let file = file.unwrap_or_else(|| "policy.toml".to_owned());
    say!(desk.lang, "write it in {file}:\n{EXAMPLE}", "{file} に書きます:\n{EXAMPLE}")
}
