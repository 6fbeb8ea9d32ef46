using System.Runtime.CompilerServices;
using Situational.Domain.Journal;

namespace Situational.Host.Tests.Kpis;

/// <summary>Case records that a test fills, holds up and breaks; counts how often facts were asked for.</summary>
internal sealed class FakeRecords : ICaseRecords
{
    private readonly Lock _gate = new();
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _asked = [];

    /// <summary>What is found.</summary>
    public IEnumerable<CaseFact> Facts { get; set; } = [];

    /// <summary>Awaited before the first fact; null for no wait.</summary>
    public Task? Hold { get; set; }

    /// <summary>Thrown instead of facts.</summary>
    public Exception? Fault { get; set; }

    /// <summary>The periods that were asked for.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    public async IAsyncEnumerable<CaseFact> FactsAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        lock (_gate)
            _asked.Add((from, to));
        if (Hold is { } hold)
            await hold.WaitAsync(cancellationToken);
        if (Fault is { } fault)
            throw fault;
        foreach (var fact in Facts)
            yield return fact;
    }

    public Task<IReadOnlyList<CaseHappening>> HistoryAsync(string caseId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<string> GridsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
