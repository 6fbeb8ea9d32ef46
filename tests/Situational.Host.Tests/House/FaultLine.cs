namespace Situational.Host.Tests.House;

/// <summary>A fault, a bad input or an attack that tests must cover.</summary>
/// <param name="Key">What a test of it carries: <c>[Trait("Fault", "…")]</c>, in the front end a comment <c>// Fault …</c> above it.</param>
/// <param name="Name">A short name.</param>
/// <param name="Outcome">What must come out.</param>
/// <param name="Missing">What no test covers yet, and why; null when nothing is missing.</param>
internal sealed record FaultLine(string Key, string Name, string Outcome, string? Missing = null)
{
    /// <summary>Every line, in the order of the page.</summary>
    public static readonly IReadOnlyList<FaultLine> All =
    [
        new("1", "killed under load", "what was acknowledged is there once, the rest once or not at all"),
        new("2", "same idempotency key", "same body: the first result; another body: 422; at once: one wins; after a restart: still one"),
        new("3", "disk full, locked, slow", "503 with `Retry-After`, never a false acknowledgement, recovery without help"),
        new("4", "Redis away", "reports 503, positions go on, memory bounded, screens say `store-away`"),
        new("5", "a store that lost its last second", "noticed, read again, said, and not broken afterwards"),
        new("6", "a screen that stalls among fifty", "the others wait for nothing; its queue is bounded; it gets a snapshot afterwards"),
        new("7", "a gap, a repeat, another order", "noticed; what the screen ends with is what the server has"),
        new("8", "a change between snapshot and delta", "never lost"),
        new("9", "half-open socket, restarted server", "screens say stale and come back by themselves on shared snapshots"),
        new("10", "many connections of one identity", "capped; others are not affected"),
        new("11", "a fix of the future, a backlog", "the right fix moves the marker; a backlog never moves it back", "That live traffic is not starved by backlogs is measured with the load tools, which do not exist yet."),
        new("12", "a unit on a border, or crossing", "one owner at any time"),
        new("13", "every unit in one grid", "the latency of the others stays", "Needs the load tools, which do not exist yet."),
        new("14", "twice the capacity", "refused early, what is accepted stays fast", "Shedding load and its measurement do not exist yet."),
        new("15", "the clock steps by an hour", "order, ages, limits and deadlines survive"),
        new("16", "torn or damaged journal", "a torn tail was never acknowledged; damage in the middle is refused and named"),
        new("17", "SIGTERM", "drains, loses nothing acknowledged, ends"),
        new("18", "an hour of screens coming and going", "memory stays flat", "An hour is longer than a run of the tests: needs the load tools, which do not exist yet."),
        new("Bad input: numbers", "numbers out of range or none", "refused, the field named"),
        new("Bad input: JSON", "broken, deep, large, compressed, slow", "refused, nothing changed, the process lives"),
        new("Bad input: ids", "empty, long, control characters, unknown", "refused or not found", "Somebody else's id: needs accounts, which do not exist yet."),
        new("Bad input: text", "markup, formulas, long text", "kept as text or refused with the limit"),
        new("Bad input: batches", "one bad among good, one unit a thousand times", "a verdict for each"),
        new("Bad input: geometry", "crossing itself, overlapping, hole, gap, no area", "refused or warned of, the feature named"),
        new("Bad input: hub", "handshake, frames, methods, watches", "refused, that connection alone closed"),
        new("S1", "every address without and with a wrong identity", "401 or 403; a new address fails until it has a row", "Roles: need accounts, which do not exist yet."),
        new("S2", "scope from the token alone", "naming another area changes nothing", "Areas of people and devices: need accounts, which do not exist yet; a wall's ticket is held to its area."),
        new("S3", "devices write their own units, walls nothing, desks what their person may", "refused; nobody acts as somebody else", "Keys of devices do not exist yet; walls and desks are tested."),
        new("S4", "foreign pages, end of the ticket or pass", "refused at the upgrade and for every write; cut when the ticket or pass ends", "Revocation does not exist yet."),
        new("S5", "secrets in addresses and logs", "taken by the hub alone; in no log"),
        new("S6", "limits of messages, bodies, connections", "refused; one abuser leaves the others alone", "Limits per key and address on requests do not exist yet."),
        new("S7", "forwarded addresses", "ignored unless from a configured proxy", "Proxies cannot be configured yet: the header is never read."),
        new("S8", "sign-in", "throttled, locked out, ends", "There are no accounts yet."),
        new("S9", "who reported", "name and phone in no feed, log, answer, export or audit", "Showing them to an officer, and recording that, needs accounts, which do not exist yet."),
        new("S10", "audit trail", "every write is there, edits are found, line breaks cannot forge entries", "The chain of hashes does not exist yet: checksums and numbers find edits. Line breaks have no test of their own yet."),
        new("S11", "markup on pages", "text stays text; policy without `unsafe-inline`"),
        new("S12", "starts closed", "an unsafe setting or address is refused at the start"),
        new("S13", "errors", "no stack, no SQL, no path; a failing store opens no door"),
        new("S14", "the files and the Redis", "owner alone, restore from a copy, Redis with TLS or on loopback"),
    ];
}
