using System.Collections.Concurrent;
using Situational.Domain.Journal;

namespace Situational.Grains.Tests.Support;

/// <summary>Trails in memory, away when told. Squads write only.</summary>
internal sealed class MemoryTrails : ITrailStore
{
    private readonly ConcurrentDictionary<(string Unit, DateTimeOffset At), TrailPoint> _points = new();

    /// <summary>Every call fails as long as it is set.</summary>
    public volatile bool Away;

    /// <summary>A unit's trail, oldest first.</summary>
    public IReadOnlyList<TrailPoint> Of(string unit) => [.. _points.Values.Where(p => p.Unit == unit).OrderBy(p => p.At)];

    public Task SaveAsync(IReadOnlyList<TrailPoint> points, CancellationToken cancellationToken)
    {
        if (Away)
            throw new JournalUnavailableException("The test took the store away.");
        foreach (var point in points)
            _points[(point.Unit, point.At)] = point;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<TrailPoint>> OfUnitAsync(
        string unit, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No squad reads trails.");

    public IAsyncEnumerable<TrailPoint> AtAsync(DateTimeOffset at, DateTimeOffset notBefore, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No squad reads trails.");

    public IAsyncEnumerable<TrailPoint> BetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No squad reads trails.");

    public Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No squad forgets.");
}
