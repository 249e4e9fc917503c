//! Everything a human reads has a JSON twin, whose fields scripts lean on.

use super::place::Place;
use serde_json::Value;

const INCIDENT: [&str; 33] = [
    "ref",
    "space",
    "id",
    "title",
    "status",
    "severity",
    "category",
    "command",
    "drill",
    "restricted",
    "waiting_for",
    "services",
    "links",
    "customers",
    "started_at",
    "detected_at",
    "declared_at",
    "acknowledged_at",
    "identified_at",
    "mitigated_at",
    "monitoring_at",
    "resolved_at",
    "closed_at",
    "summary",
    "cause",
    "roles",
    "impact",
    "checklists",
    "clocks",
    "next_update_at",
    "workaround",
    "fix",
    "conflicts",
];

const ENTRY: [&str; 14] = [
    "id",
    "kind",
    "at",
    "recorded_at",
    "actor",
    "text",
    "data",
    "late",
    "approximate",
    "amended_by",
    "redacted",
    "origin",
    "seq",
    "hash",
];

const CLOCK: [&str; 8] = ["name", "kind", "incident", "owner", "started_at", "due_at", "overdue", "met_at"];

fn assert_fields(what: &str, document: &Value, fields: &[&str]) {
    let object = document.as_object().unwrap_or_else(|| panic!("{what} is an object: {document}"));
    for field in fields {
        assert!(object.contains_key(*field), "{what} has no {field}: {document}");
    }
}

fn assert_time(value: &Value) {
    let text = value.as_str().expect("a time");
    assert!(text.ends_with('Z') && text.len() == 24, "RFC 3339 UTC with milliseconds: {text}");
}

#[test]
fn a_recording_command_prints_incident_and_entries() {
    let place = Place::declared();
    let recorded = place.json(&["mitigate", "--workaround", "w", "--fix-due", "3d"]);
    assert_eq!((recorded["schema"].as_u64(), recorded["duplicate"].as_bool()), (Some(1), Some(false)));
    let incident = &recorded["incident"];
    assert_fields("incident", incident, &INCIDENT);
    for list in ["waiting_for", "services", "links", "roles", "checklists", "clocks"] {
        assert!(incident[list].is_array(), "{list} is never null");
    }
    assert_time(&incident["mitigated_at"]);
    assert!(incident["resolved_at"].is_null());
    for clock in incident["clocks"].as_array().expect("a list") {
        assert_fields("clock", clock, &CLOCK);
        assert_time(&clock["due_at"]);
    }
    assert!(incident["clocks"].as_array().expect("a list").iter().any(|clock| clock["kind"] == "fix"));
    for role in incident["roles"].as_array().expect("a list") {
        assert_fields("role", role, &["role", "holders", "covered_by"]);
    }
    for entry in recorded["entries"].as_array().expect("a list") {
        assert_fields("entry", entry, &ENTRY);
        assert_time(&entry["at"]);
    }
    let fact = &recorded["entries"][0];
    assert_eq!(fact["kind"], "incident.mitigated");
    assert_time(&fact["data"]["fix_due_at"]);
    assert_eq!(fact["clock"], "overridden", "the tests set the clock, and the log says so");
}

#[test]
fn what_people_look_at_is_one_document_each() {
    let place = Place::declared();
    place.ok(&["note", "x", "--kind", "decision"]);
    assert_fields("show", &place.json(&["show"])["incident"], &INCIDENT);
    assert_fields("list", &place.json(&["list"])["incidents"][0], &INCIDENT);
    assert_fields("timeline", &place.json(&["timeline"])["entries"][0], &ENTRY);
    assert_fields("roles", &place.json(&["roles"])["roles"][0], &["role", "holders", "covered_by"]);
    assert_fields(
        "checklist",
        &place.json(&["checklist"])["steps"][0],
        &["number", "step", "state", "due_at", "required"],
    );
    assert_fields("prompt", &place.json(&["prompt"]), &["unresolved", "worst"]);
    assert_fields("inbox", &place.json(&["inbox"]), &["items"]);
    assert_fields("playbooks", &place.json(&["playbook", "list"])["playbooks"][0], &["id", "version", "step"]);
    assert_fields("playbook", &place.json(&["playbook", "show", "default"])["playbook"], &["id", "roles", "step"]);
    assert_fields("postmortem", &place.json(&["postmortem"]), &["incident", "entries", "steps"]);
    assert_fields("schema", &place.json(&["schema"]), &["incident", "entry", "clock", "playbook.toml", "policy.toml"]);
    assert_fields("use", &place.json(&["use", "1"]), &["incident", "script"]);
    assert_fields("completions", &place.json(&["completions", "bash"]), &["script"]);
    assert_fields("man", &place.json(&["man"]), &["page"]);
    assert_fields("new", &place.json(&["playbook", "new", "x"]), &["toml"]);
    assert_fields("file", &place.json(&["postmortem", "-o", "pm.md"]), &["file"]);
    assert_fields("lint", &place.json(&["playbook", "lint"]), &["files", "errors", "problems"]);
}

/// Holds a document against the `required` and `properties` of its schema.
fn assert_conforms(document: &Value, schema: &Value, root: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.trim_start_matches("#/$defs/");
        return assert_conforms(document, &root["$defs"][name], root, at);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        if document.is_null() {
            assert!(choices.iter().any(|choice| choice["type"] == "null"), "{at} may not be null");
        }
        let other = choices.iter().find(|choice| choice["type"] != "null");
        if let (Some(other), false) = (other, document.is_null()) {
            assert_conforms(document, other, root, at);
        }
        return;
    }
    let kind = match document {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let allowed = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => vec![kind],
    };
    assert!(allowed.contains(&kind), "{at} is {kind}, and the schema says {allowed:?}");
    if let Value::Object(fields) = document {
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(fields.contains_key(required), "{at}.{required} is missing");
        }
        if let Some(properties) = schema["properties"].as_object() {
            for (name, value) in fields {
                let below = properties.get(name).unwrap_or_else(|| panic!("{at}.{name} is not in the schema"));
                assert_conforms(value, below, root, &format!("{at}.{name}"));
            }
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        assert!(values.contains(document), "{at} is {document}, and the schema says {values:?}");
    }
    for item in document.as_array().into_iter().flatten() {
        assert_conforms(item, &schema["items"], root, &format!("{at}[]"));
    }
}

#[test]
fn real_output_conforms_to_the_schema() {
    let place = Place::declared();
    place.ok(&["assign-role", "tech-lead", "ben", "--add", "--scope", "storage"]);
    place.ok(&["link", "add", "bridge", "room 1"]);
    place.ok(&["check", "1", "--result", "done"]);
    for (name, arguments) in [
        ("recorded", &["note", "x"][..]),
        ("show", &["show"]),
        ("list", &["list"]),
        ("timeline", &["timeline"]),
        ("roles", &["roles"]),
        ("checklist", &["checklist"]),
        ("inbox", &["inbox"]),
        ("prompt", &["prompt"]),
        ("postmortem", &["postmortem"]),
        ("playbook-list", &["playbook", "list"]),
        ("playbook-show", &["playbook", "show", "near-miss"]),
    ] {
        let schema = place.json(&["schema", name]);
        assert_conforms(&place.json(arguments), &schema, &schema, name);
    }
}

#[test]
fn what_is_proved_conforms_to_the_schema_too() {
    let place = Place::declared();
    std::fs::write(place.path().join("app.log"), "first error\n").expect("written");
    let note = place.json(&["note", "a slip"])["entries"][0]["id"].as_str().expect("an id").to_owned();
    let added = place.json(&["evidence", "add", "app.log", "--witness", "ben"]);
    let evidence = added["entries"][0]["id"].as_str().expect("an id");
    for (name, arguments) in [
        ("recorded", &["amend", &note, "no slip", "--at", "5m ago"][..]),
        ("timeline", &["timeline", "--full"]),
        ("recorded", &["evidence", "transfer", evidence, "--to", "ben", "--reason", "analysis"]),
        ("evidence-list", &["evidence", "list"]),
        ("evidence-list", &["evidence", "show", evidence]),
        ("evidence-verify", &["evidence", "verify"]),
        ("evidence-export", &["evidence", "export", "1", "-o", "case.tar"]),
        ("recorded", &["run", "--", "true"]),
        ("redacted", &["redact", &note, "--reason", "a slip"]),
        ("heads", &["verify", "--head"]),
        ("verify", &["verify"]),
        ("doctor", &["doctor"]),
        ("backup", &["backup", "b.db"]),
        ("restore", &["restore", "b.db"]),
        ("doctor-salvage", &["doctor", "--salvage", "saved.db"]),
    ] {
        let schema = place.json(&["schema", name]);
        assert_conforms(&place.json(arguments), &schema, &schema, name);
    }
    let queue = place.store().with_extension("queue");
    std::fs::remove_file(&queue).expect("removed");
    std::fs::create_dir(&queue).expect("made");
    let schema = place.json(&["schema", "spooled"]);
    assert_conforms(&place.json(&["note", "-i", "1", "x"]), &schema, &schema, "spooled");
}

#[test]
fn errors_are_one_document_on_standard_error() {
    let place = Place::declared();
    for (arguments, kind) in [
        (&["close", "--json"][..], "illegal-move"),
        (&["-i", "9", "show", "--json"], "no-incident"),
        (&["note", "--json"], "usage"),
        (&["note", "x", "--nonsense", "--json"], "usage"),
        (&["assign-role", "sme", "x", "--json"], "ambiguous-role"),
    ] {
        let ran = place.run(arguments);
        assert!(ran.code != 0 && ran.out.is_empty(), "{arguments:?}: {}", ran.out);
        let document: Value = serde_json::from_str(&ran.err).unwrap_or_else(|error| panic!("{error}: {}", ran.err));
        assert_fields("error", &document["error"], &["kind", "message", "hint"]);
        assert_eq!(document["error"]["kind"], kind, "{arguments:?}");
    }
}
