using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Grains;
using Situational.Grains.Messages;

namespace Situational.Host.Ingest;

/// <summary>Brings the fixes of a request to their squads.</summary>
internal sealed partial class PositionsIngest(UnitDirectory directory, IGrainFactory grains, ILogger<PositionsIngest> logger)
{
    /// <summary>Enrols new units, records every fix with its unit's squad, and answers when all squads have.</summary>
    /// <exception cref="SquadsSilentException">A squad did not answer; sending the same fixes again is safe.</exception>
    public async Task<PositionsAnswer> RecordAsync(IngestBatch batch, long arrivedAtMs)
    {
        if (batch.NewUnits.Count > 0)
            await EnrolAsync(batch);
        var groups = GroupBySquad(batch);
        var records = new Task<FixCounts>[groups.Count];
        var announcements = new List<Task>();
        for (var i = 0; i < groups.Count; i++)
        {
            var (squad, fixes) = groups[i];
            if (squad.ClaimAnnouncement())
                announcements.Add(AnnounceAsync(squad));
            records[i] = grains.GetGrain<ISquadGrain>(squad.Id)
                .RecordAsync(new FixBatch(ImmutableCollectionsMarshal.AsImmutableArray(fixes), arrivedAtMs), CancellationToken.None);
        }
        await Task.WhenAll(announcements);
        var sum = await SumAsync(records);
        for (var i = 0; i < groups.Count; i++)
            if (records[i].Result.OffDuty is { IsDefaultOrEmpty: false } refused)
                RefuseOffDuty(batch, groups[i].Squad, refused);
        return batch.Answer(sum);
    }

    /// <summary>Finds in the request what a squad refused by its place among the fixes of that squad.</summary>
    private static void RefuseOffDuty(IngestBatch batch, SquadEntry squad, ImmutableArray<int> refused)
    {
        var next = 0;
        var place = 0;
        for (var i = 0; i < batch.Count && next < refused.Length; i++)
        {
            if (batch.Units[i].Squad != squad)
                continue;
            if (place++ != refused[next])
                continue;
            batch.Refuse(batch.Indexes[i], batch.Units[i].Unit, FixRefusal.OffDuty);
            next++;
        }
    }

    private async Task EnrolAsync(IngestBatch batch)
    {
        try
        {
            await directory.EnrolAsync(batch.NewUnits, batch.Wanted, CancellationToken.None);
        }
        catch (JournalUnavailableException e)
        {
            LogEnrolmentUnavailable(logger, batch.NewUnits.Count, e);
        }
        for (var i = 0; i < batch.Count; i++)
            if (batch.Units[i] is { Squad: null } unit)
                batch.Refuse(batch.Indexes[i], unit.Unit, unit.Refusal ?? FixRefusal.EnrolmentUnavailable);
    }

    /// <summary>The fixes of each squad in their order, each in an array of its own: the squad keeps it.</summary>
    private static List<(SquadEntry Squad, Fix[] Fixes)> GroupBySquad(IngestBatch batch)
    {
        var sizes = new Dictionary<SquadEntry, int>(ReferenceEqualityComparer.Instance);
        foreach (var unit in batch.Units)
            if (unit.Squad is { } squad)
                CollectionsMarshal.GetValueRefOrAddDefault(sizes, squad, out _)++;
        var groups = new List<(SquadEntry Squad, Fix[] Fixes)>(sizes.Count);
        var places = new Dictionary<SquadEntry, (Fix[] Fixes, int Next)>(sizes.Count, ReferenceEqualityComparer.Instance);
        foreach (var (squad, size) in sizes)
        {
            var fixes = new Fix[size];
            groups.Add((squad, fixes));
            places.Add(squad, (fixes, 0));
        }
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch.Units[i].Squad is not { } squad)
                continue;
            ref var place = ref CollectionsMarshal.GetValueRefOrNullRef(places, squad);
            place.Fixes[place.Next++] = batch.Fixes[i];
        }
        return groups;
    }

    private async Task<FixCounts> SumAsync(Task<FixCounts>[] records)
    {
        var sum = default(FixCounts);
        Exception? fault = null;
        var silent = 0;
        foreach (var record in records)
        {
            try
            {
                var counts = await record;
                sum = new FixCounts(
                    sum.Moved + counts.Moved, sum.Older + counts.Older, sum.Repeated + counts.Repeated, sum.Future + counts.Future,
                    sum.Jumps + counts.Jumps, sum.Outside + counts.Outside, sum.Refused + counts.Refused);
            }
            catch (Exception e)
            {
                fault ??= e;
                silent++;
            }
        }
        if (fault is null)
            return sum;
        LogSquadsSilent(logger, silent, records.Length, fault);
        throw new SquadsSilentException(fault);
    }

    private async Task AnnounceAsync(SquadEntry squad)
    {
        try
        {
            await grains.GetGrain<ICityGrain>(ICityGrain.Key).SquadSeenAsync(squad.Id, CancellationToken.None);
        }
        catch (Exception e)
        {
            // told again with the squad's next fix
            squad.ReleaseAnnouncement();
            LogNotAnnounced(logger, squad.Id, e);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Units} new units could not be enrolled")]
    private static partial void LogEnrolmentUnavailable(ILogger logger, int units, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Silent} of {Squads} squads did not take their fixes")]
    private static partial void LogSquadsSilent(ILogger logger, int silent, int squads, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The city could not be told of squad {Squad}")]
    private static partial void LogNotAnnounced(ILogger logger, string squad, Exception exception);
}
