using System.Globalization;
using System.Text;
using System.Text.Json;
using Situational.Contracts.Feed;

namespace Situational.Testing;

/// <summary>
/// The picture of a screen, built from frames exactly as docs/feed.md says, by code that shares nothing with the server but the
/// digest's definition. Every breach of the contract is noted. Not safe for several threads.
/// </summary>
public sealed class FeedPicture
{
    private readonly List<string> _breaches = [];

    /// <summary>Epoch of the numbering; null before the first snapshot.</summary>
    public string? Epoch { get; private set; }

    /// <summary>Revision of the last snapshot or delta applied.</summary>
    public long Revision { get; private set; }

    /// <summary>When the last frame was cut, milliseconds since 1970.</summary>
    public long At { get; private set; }

    /// <summary>Version of the territory.</summary>
    public int Territory { get; private set; }

    /// <summary>The digest that the last frame named.</summary>
    public string Digest { get; private set; } = FeedDigest.Format(0);

    /// <summary>Grid rows by code.</summary>
    public Dictionary<string, FeedRow> Grids { get; } = new(StringComparer.Ordinal);

    /// <summary>Unit rows by id.</summary>
    public Dictionary<string, FeedRow> Units { get; } = new(StringComparer.Ordinal);

    /// <summary>Case rows by id.</summary>
    public Dictionary<string, FeedRow> Cases { get; } = new(StringComparer.Ordinal);

    /// <summary>The newest events, oldest first, at most 40.</summary>
    public List<FeedRow> Events { get; } = [];

    /// <summary>Totals by name.</summary>
    public Dictionary<string, int> Totals { get; } = new(StringComparer.Ordinal);

    /// <summary>Troubles as <c>code detail</c>.</summary>
    public List<string> Troubles { get; } = [];

    /// <summary>Snapshots applied.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Deltas applied.</summary>
    public int Deltas { get; private set; }

    /// <summary>Beats heard.</summary>
    public int Beats { get; private set; }

    /// <summary>What the server did that the contract does not allow.</summary>
    public IReadOnlyList<string> Breaches => _breaches;

    /// <summary>True if the last frame could not be applied: the screen must watch again, with <see cref="Cursor"/>.</summary>
    public bool Lost { get; private set; }

    /// <summary>Where the screen stands, for <c>since</c>.</summary>
    public WatchCursor? Cursor => Epoch is null ? null : new WatchCursor(Epoch, Revision);

    /// <summary>Applies a frame.</summary>
    public void Apply(JsonElement frame)
    {
        var kind = frame.GetProperty("kind").GetString();
        var epoch = frame.GetProperty("epoch").GetString()!;
        var revision = frame.GetProperty("revision").GetInt64();
        switch (kind)
        {
            case FrameKind.Snapshot:
                Snapshots++;
                if (Epoch == epoch && revision < Revision)
                    _breaches.Add($"snapshot goes back from {Revision} to {revision}");
                Grids.Clear();
                Units.Clear();
                Cases.Clear();
                Events.Clear();
                Lost = false;
                break;
            case FrameKind.Delta:
                if (Epoch != epoch || frame.GetProperty("previous").GetInt64() != Revision)
                {
                    Lost = true;
                    return;
                }
                if (revision <= Revision)
                    _breaches.Add($"delta goes from {Revision} to {revision}");
                Deltas++;
                break;
            case FrameKind.Beat:
                Beats++;
                if (Epoch is null || Epoch != epoch || revision != Revision)
                {
                    Lost = true;
                    return;
                }
                break;
            default:
                _breaches.Add($"unknown kind {kind}");
                return;
        }
        Lost = false;
        Epoch = epoch;
        Revision = revision;
        At = frame.GetProperty("at").GetInt64();
        Territory = frame.GetProperty("territory").GetInt32();
        Take(frame, "grids", Grids, 12);
        Drop(frame, "gone", Units);
        Take(frame, "units", Units, 13);
        Drop(frame, "closed", Cases);
        Take(frame, "cases", Cases, 16);
        if (frame.TryGetProperty("events", out var events))
            foreach (var happened in events.EnumerateArray())
                Events.Add(new FeedRow(happened, 5));
        if (Events.Count > 40)
            Events.RemoveRange(0, Events.Count - 40);
        Totals.Clear();
        foreach (var total in frame.GetProperty("totals").EnumerateObject())
            Totals[total.Name] = total.Value.GetInt32();
        Troubles.Clear();
        foreach (var trouble in frame.GetProperty("trouble").EnumerateArray())
            Troubles.Add($"{trouble.GetProperty("code").GetString()} {trouble.GetProperty("detail").GetString()}".TrimEnd());
        Digest = frame.GetProperty("digest").GetString()!;
        var own = ComputeDigest();
        if (own != Digest)
            _breaches.Add($"{kind} {revision} names digest {Digest}, its grids give {own}");
    }

    /// <summary>The digest of the grid rows at hand.</summary>
    public string ComputeDigest()
    {
        var sum = 0u;
        foreach (var grid in Grids.Values)
            sum = unchecked(sum + FeedDigest.Mix(grid.Text(0), grid.Number(1)));
        return FeedDigest.Format(sum);
    }

    /// <summary>All rows in a fixed order: two pictures with the same text are the same.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"territory {Territory} digest {Digest}\n");
        foreach (var (name, rows) in new[] { ("grid", Grids), ("unit", Units), ("case", Cases) })
            foreach (var row in rows.OrderBy(r => r.Key, StringComparer.Ordinal))
                text.Append(name).Append(' ').Append(row.Value).Append('\n');
        foreach (var total in Totals.OrderBy(t => t.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{total.Key} {total.Value}\n");
        return text.ToString();
    }

    private void Take(JsonElement frame, string name, Dictionary<string, FeedRow> rows, int width)
    {
        if (!frame.TryGetProperty(name, out var list))
            return;
        foreach (var item in list.EnumerateArray())
        {
            var row = new FeedRow(item, width);
            if (row.Fault is { } fault)
                _breaches.Add($"{name}: {fault}");
            rows[row.Text(0)] = row;
        }
    }

    private static void Drop(JsonElement frame, string name, Dictionary<string, FeedRow> rows)
    {
        if (!frame.TryGetProperty(name, out var list))
            return;
        foreach (var id in list.EnumerateArray())
            rows.Remove(id.GetString()!);
    }
}
