using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage;

namespace Situational.Host.Tests.History;

/// <summary>Everything that a host which has ended wrote to its journal, to be folded up to any moment: what the past must equal.</summary>
internal sealed class JournalFold
{
    private readonly List<CaseHappening> _events = [];

    private JournalFold() { }

    /// <summary>When something was decided, in order.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; private set; } = [];

    /// <summary>Names of the events that there are.</summary>
    public IReadOnlySet<string> Kinds => _events.Select(e => e.Event.GetType().Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads the events of those cases.</summary>
    public static async Task<JournalFold> ReadAsync(string dataFolder, IEnumerable<string> cases)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Situational:Data", dataFolder)]).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSituationalStorage(configuration).BuildServiceProvider();
        var records = services.GetRequiredService<ICaseRecords>();
        var fold = new JournalFold();
        foreach (var id in cases)
            fold._events.AddRange(await records.HistoryAsync(id, TestContext.Current.CancellationToken));
        fold._events.Sort((a, b) => a.Grid == b.Grid ? a.Version.CompareTo(b.Version) : string.CompareOrdinal(a.Grid, b.Grid));
        fold.Times = [.. fold._events.Select(e => e.Event.At).Order()];
        return fold;
    }

    /// <summary>The cases that were open at a moment, by id. One on its way to another grid is still where it was.</summary>
    public IReadOnlyDictionary<string, Case> OpenAt(DateTimeOffset at)
    {
        var open = new Dictionary<string, Case>(StringComparer.Ordinal);
        var states = _events.GroupBy(e => e.Grid).Select(
            g => g.TakeWhile(e => e.Event.At <= at).Aggregate(GridState.Empty(g.Key), (state, e) => GridFold.Apply(state, e.Event))).ToArray();
        foreach (var state in states)
            foreach (var (id, owed) in state.Outbound)
                if (owed.Kind == HandoverKind.Move)
                    open[id] = owed.Case;
        foreach (var state in states)
            foreach (var (id, one) in state.Open)
                open[id] = one;
        // What moved and then ended elsewhere may still stand in the outbox of the grid it left.
        foreach (var id in _events.Where(e => e.Event.At <= at).GroupBy(e => CaseIdOf(e.Event)).Where(g => EndedElsewhere(g.Key, states)).Select(g => g.Key))
            open.Remove(id);
        return open;
    }

    private static bool EndedElsewhere(string id, IEnumerable<GridState> states) =>
        states.Any(s => s.Arrived.ContainsKey(id) && !s.Open.ContainsKey(id) && !s.Outbound.ContainsKey(id)) && !states.Any(s => s.Open.ContainsKey(id));

    private static string CaseIdOf(GridEvent happened) => (string)happened.GetType().GetProperty("CaseId")!.GetValue(happened)!;
}
