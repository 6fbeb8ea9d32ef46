using System.Collections.Concurrent;
using Situational.Domain.Journal;

namespace Situational.Grains.Tests.Support;

/// <summary>Duty states and their audit entries in memory, away when told.</summary>
internal sealed class MemoryDuties : IUnitDutyStore
{
    private readonly ConcurrentDictionary<string, UnitDuty> _duties = new(StringComparer.Ordinal);

    /// <summary>Every call fails as long as it is set.</summary>
    public volatile bool Away;

    /// <summary>A save waits for this before it is written.</summary>
    public Task Slow { get; set; } = Task.CompletedTask;

    /// <summary>What the audit trail was told.</summary>
    public ConcurrentQueue<AuditEntry> Audit { get; } = new();

    public UnitDuty? Of(string unit) => _duties.GetValueOrDefault(unit);

    public Task<IReadOnlyList<UnitDuty>> LoadAsync(string squad, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult<IReadOnlyList<UnitDuty>>([.. _duties.Values.Where(d => d.Squad == squad)]);
    }

    public async Task SaveAsync(UnitDuty duty, AuditEntry audit, CancellationToken cancellationToken)
    {
        await Slow;
        ThrowIfAway();
        _duties[duty.Unit] = duty;
        Audit.Enqueue(audit);
    }

    private void ThrowIfAway()
    {
        if (Away)
            throw new JournalUnavailableException("The test took the store away.");
    }
}
