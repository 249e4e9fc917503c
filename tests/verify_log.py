"""Verifies a store by docs/format.md alone: exit 0 where the log holds, 3 where it doesn't.

usage: python3 verify_log.py STORE [TEXT WITH NOTED HEADS]    (the signatures of seals are not looked at)
"""
import hashlib, json, re, sqlite3, sys, uuid

db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
db.text_factory = lambda text: text.decode("utf-8", "replace")
sha = lambda *parts: hashlib.sha256(b"".join(parts)).digest()
broken = lambda place, what: faults.append(f"{place}: {what}")
short = lambda text: text and text.replace("-", "")
faults, hashes, blank, redacted, heads, gaps, lost, starts = [], {}, {}, set(), [], [], [], {}
listed = "SELECT n, id FROM origins WHERE length(id) = 16 AND n BETWEEN 1 AND 4194303 ORDER BY n"
origins = {id.hex(): n for n, id in db.execute(listed)}
subjects = dict(db.execute("SELECT n, id FROM subjects"))
columns = "subject, tag, batch, key, hlc, at, recorded_at, actor, kind, header, facts, words, salt, words_digest, hash"

for origin, n in origins.items():
    last, prev = 0, sha(b"hikeshi-origin-1", bytes.fromhex(origin))
    query = f"SELECT n - (?1 << 40), {columns} FROM log WHERE n >= ?1 << 40 AND n < (?1 + 1) << 40 ORDER BY n"
    for seq, subject, tag, batch, key, *copies, header, facts, words, salt, digest, hash in db.execute(query, (n,)):
        place = f"{origin[:8]}/{seq}"
        content = digest if words is None and digest is not None else sha(salt or b"", words or b"")
        link = lambda before: sha(b"hikeshi-event-1", before, sha(header), sha(facts), content)
        if seq != last + 1: gaps.append((origin, last + 1, seq - 1, prev.hex() if last else None, link(bytes(32)).hex()))
        elif link(prev) != hash: broken(place, "changed")
        lengths = [None if part is None else len(part) for part in (salt, digest)]
        if lengths not in ([[None, None], [None, 32]] if words is None else [[32, None]]): broken(place, "salt")
        if len(hash) != 32: broken(place, "hash")
        last, prev, hashes[origin, seq] = seq, hash, hash.hex()
        try:
            said, facts = json.loads(header[1:]) if header[:1] == b"\1" else None, json.loads(facts)
            id, kind = uuid.UUID(said["id"]), said["kind"]
            tags = "".join("bcdfghjkmnpqrstv"[int(id.hex[31 - at], 16)] for at in range(15))
            repeated = [uuid.UUID(said["subject"]).bytes, tags, uuid.UUID(said["batch"]).bytes, said.get("key", {}).get("value")]
            repeated += [said[name] for name in ("hlc", "at", "recorded_at", "actor", "kind")]
            if (short(said["origin"]), said["seq"]) != (origin, seq) or seq == 0: broken(place, "misplaced")
            if repeated != [subjects.get(subject), tag, batch, key, *copies]: broken(place, "column")
            if (seq == 1) != (kind == "origin.started"): broken(place, "beginning")
            if digest is not None: blank[str(id)] = place
            if kind == "entry.redacted": redacted.add(facts["entry"])
            if kind == "store.sealed": heads += [(origin, short(head["origin"]), head["seq"], head["hash"], True) for head in facts["heads"]]
            if kind == "store.salvaged" and seq == 2:
                lost += [(origin, short(gap["origin"]), gap["from"], gap["to"], gap.get("before"), gap.get("after")) for gap in facts["missing"]]
                starts[origin] = starts.get(origin, (None, None, None))[:3] + (True,)
            if kind == "origin.started":
                parent, *at = [facts.get(name) for name in ("parent", "parent_seq", "parent_hash")]
                if {part is None for part in at} != {parent is None}: broken(place, "beginning")
                heads += [] if parent is None else [(origin, short(parent), *at, False)]
                starts[origin] = (short(facts["space"]), short(parent), at[0], False)
        except (AttributeError, TypeError, ValueError, KeyError) as error:
            broken(place, f"unreadable: {error}")
    if last == 0: broken(origin, "listed, and empty")

walked, present = len(hashes), db.execute("SELECT count(*) FROM log").fetchone()[0]
if walked != present: broken("log", f"{present - walked} rows that no listed copy reaches")
for origin, first, to, before, after in gaps:
    known = [gap for by, *gap in lost if by != origin and gap[0] == origin and gap[1] <= first and gap[2:] == [to, before, after]]
    if not known: broken(f"{origin[:8]}/{first}", "missing, or what stands beside the loss was changed")
for entry in blank.keys() - redacted: broken(blank[entry], "words gone without a redaction")
roots = [space for space, parent, _, salvaged in starts.values() if parent is None and not salvaged]
if len(roots) != len(set(roots)): broken("origins", "a second one goes on from nothing")
meta = dict(db.execute("SELECT name, value FROM meta"))
own = {n: origin for origin, n in origins.items()}.get(meta.get("origin"))
if "origin" in meta and own is None: broken("meta", "origin")
space = starts.get(own or next(iter(origins), None), (None,))[0]
if space and "space" in meta and meta["space"] != bytes.fromhex(space): broken("meta", "space")
def reach(origin, seq):
    held = {}
    while origin and origin not in held:
        held[origin] = seq
        _, origin, seq, _ = starts.get(origin, (None,) * 4)
    return held
if sys.argv[2:]:
    noted = re.findall(r"\b([0-9a-f]{8,32})/(\d+)/([0-9a-f]{40,64})\b", open(sys.argv[2]).read())
    heads += [(None, origin, int(seq), hash, True) for origin, seq, hash in noted]
heads = [(by, next((o for o in origins if o.startswith(origin)), origin), *head) for by, origin, *head in heads]
covered = {(by is None, o) for by, origin, seq, _, vouches in heads if vouches for o, upto in reach(origin, seq).items() if upto >= 2}
for by, origin, seq, hash, vouches in heads:
    found, last = hashes.get((origin, seq)), max((s for o, s in hashes if o == origin), default=0)
    ours = own is None or by is None or {by, origin} & reach(own, 0).keys()
    if found is None and (ours or seq <= last): broken(f"{origin[:8]}/{seq}", "noted, and not there")
    if found and not found.startswith(hash): broken(f"{origin[:8]}/{seq}", "noted with another hash")
    severed = [gap for gap in gaps if gap[2] < reach(origin, seq).get(gap[0], 0)
               and not any((by is None, said) in covered for said, lost_, _, to, *_ in lost if (lost_, to) == (gap[0], gap[2]))]
    if found and vouches and severed: broken(f"{origin[:8]}/{seq}", "noted, but entries before it are lost")
print("\n".join(faults) or f"{walked} entries hold")
sys.exit(3 if faults else 0)
