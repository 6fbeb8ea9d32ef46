using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains.Grids;
using Situational.Grains.Messages;

namespace Situational.Grains.Squads;

/// <summary>
/// Words of people about who is on duty and who needs help: written to the store with their entry of the audit trail, one after another, and
/// only then applied. They wait for the store beside the squad's other turns, so that a slow one holds no positions up.
/// </summary>
/// <param name="squad">The squad's id.</param>
/// <param name="store">Keeps duty states.</param>
/// <param name="book">What is known.</param>
/// <param name="units">Whom it is about.</param>
/// <param name="clock">The silo's clock.</param>
/// <param name="metrics">Counts tries that found the store away.</param>
internal sealed class SquadDuty(
    string squad, IUnitDutyStore store, DutyBook book, UnitTracks units, SituationClock clock, GrainsMetrics metrics) : IDisposable
{
    private readonly SemaphoreSlim _oneByOne = new(1, 1);

    /// <summary>Puts a unit on or off duty.</summary>
    public Task<DutyReceipt> SetAsync(DutyCommand command, CancellationToken cancellationToken) =>
        InTurnAsync(command.Unit, before => Decide(command, before), cancellationToken);

    /// <summary>Notes a call for help.</summary>
    public async Task<DutyReceipt> RaiseAsync(SosCommand command, CancellationToken cancellationToken)
    {
        var receipt = await InTurnAsync(command.Unit, before => Decide(command, before), cancellationToken);
        if (receipt.Verdict is not (DutyVerdict.Done or DutyVerdict.Added))
            return receipt;
        if (double.IsFinite(command.Latitude))
            units.PutForHelp(command.Unit, command.Latitude, command.Longitude);
        else if (units.PlaceOf(command.Unit) is null && book.Of(command.Unit)?.Sos is { } call)
            units.PutForHelp(command.Unit, call.Latitude ?? 0, call.Longitude ?? 0);
        return receipt;
    }

    /// <summary>Ends a call for help.</summary>
    public Task<DutyReceipt> AnswerAsync(SosReply reply, CancellationToken cancellationToken) =>
        InTurnAsync(reply.Unit, before => Decide(reply, before), cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _oneByOne.Dispose();

    private Decided Decide(DutyCommand command, UnitDuty? before)
    {
        if (!command.On && DutyBook.SosAtMs(before) != 0)
            return new Decided(DutyVerdict.SosOpen);
        if (before is not null && before.OnDuty == command.On && before.Since != DutyBook.Ever)
            return new Decided(DutyVerdict.Unchanged);
        var now = Now();
        return new Decided(
            DutyVerdict.Done, new UnitDuty(command.Unit, squad, command.On, now, before?.Sos),
            Entry(now, command.By, command.On ? "unit.on-duty" : "unit.off-duty", command.Unit));
    }

    private Decided Decide(SosCommand command, UnitDuty? before)
    {
        var said = double.IsFinite(command.Latitude);
        (double Latitude, double Longitude)? place = said ? (command.Latitude, command.Longitude) : null;
        var now = Now();
        var entry = Entry(now, command.By, "unit.sos", command.Unit);
        if (before is { Sos: { AnsweredAt: null } open })
        {
            // It is the same call until someone answers: what is said again is added, what is new about it stands.
            var added = open with
            {
                Latitude = place?.Latitude ?? open.Latitude,
                Longitude = place?.Longitude ?? open.Longitude,
                Note = command.Note ?? open.Note,
            };
            return added == open ? new Decided(DutyVerdict.Unchanged) : new Decided(DutyVerdict.Added, before with { Sos = added }, entry);
        }
        place ??= units.PlaceOf(command.Unit);
        var since = before is null ? DutyBook.Ever : before.OnDuty ? before.Since : now;
        return new Decided(
            DutyVerdict.Done,
            new UnitDuty(command.Unit, squad, true, since, new UnitSos(now, place?.Latitude, place?.Longitude, command.Note)), entry);
    }

    private Decided Decide(SosReply reply, UnitDuty? before)
    {
        if (before is not { Sos: { AnsweredAt: null } open })
            return new Decided(DutyVerdict.NoSos);
        var now = Now();
        return new Decided(
            DutyVerdict.Done, before with { Sos = open with { AnsweredAt = now, AnsweredBy = reply.By.Id, Answer = reply.Note } },
            Entry(now, reply.By, "unit.sos-answer", reply.Unit));
    }

    private async Task<DutyReceipt> InTurnAsync(string unit, Func<UnitDuty?, Decided> decide, CancellationToken cancellationToken)
    {
        await _oneByOne.WaitAsync(cancellationToken);
        try
        {
            if (!book.IsKnown)
                return new DutyReceipt(DutyVerdict.StoreAway, null);
            var decided = decide(book.Of(unit));
            if (decided.Next is { } next)
            {
                // To the end even if the caller goes away: what may be durable has to be applied.
                await store.SaveAsync(next, decided.Audit!, CancellationToken.None);
                units.Apply(next);
            }
            return new DutyReceipt(decided.Verdict, DutyBook.ToRow(unit, book.Of(unit)));
        }
        catch (JournalUnavailableException)
        {
            metrics.StoreAway();
            return new DutyReceipt(DutyVerdict.StoreAway, null);
        }
        finally
        {
            _oneByOne.Release();
        }
    }

    /// <summary>Now, to the millisecond, as it stands on the feed.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.NowMs);

    private static AuditEntry Entry(DateTimeOffset at, ActorStatement by, string what, string unit) =>
        new(at, by.Id, GridAudit.NameOf((Role)by.Role), by.From, what, unit);

    private readonly record struct Decided(DutyVerdict Verdict, UnitDuty? Next = null, AuditEntry? Audit = null);
}
