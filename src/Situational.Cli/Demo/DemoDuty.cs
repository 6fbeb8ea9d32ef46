using System.Net;
using Situational.Cli.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>
/// The invented units' shifts: they go off duty to charge their phones and come back, and now and then one calls for help until somebody at a
/// desk answers: after some minutes a demo person, if no real one did before.
/// </summary>
/// <param name="client">As the system of the units.</param>
/// <param name="desk">The demo's duty officer.</param>
/// <param name="walkers">The units.</param>
/// <param name="random">Draws.</param>
internal sealed class DemoDuty(SituationalClient client, DemoDesk desk, IReadOnlyList<Walker> walkers, Random random)
{
    /// <summary>Least and most seconds until a demo person answers a call.</summary>
    public const int AnswersFrom = 150, AnswersUntil = 330;

    private const double Empty = 12, MeanSecondsOn = 5_400, MeanSecondsOff = 420, MeanSecondsBetweenCalls = 1_500, FirstCallSeconds = 180;
    private static readonly string[] Calls = ["队员摔伤，请求支援", "遇人群聚集，请求增援", "现场有危险气体，请求支援"];

    private readonly PriorityQueue<Walker, DateTimeOffset> _turns = new();
    private DateTimeOffset _nextCall;
    private (Walker Unit, DateTimeOffset Until)? _call;

    /// <summary>Puts back on duty whom an earlier run left off, and draws the shifts.</summary>
    public async Task BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var squad in walkers.Select(w => w.Squad).Distinct())
        {
            // a squad of which nothing was heard yet has nobody off duty
            if ((await client.SquadAsync(squad, cancellationToken)).Body is not { } known)
                continue;
            foreach (var member in known.Members)
                if (!member.OnDuty && walkers.Any(w => w.Id == member.Id))
                    (await client.SetDutyAsync(member.Id, on: true, cancellationToken)).Require("putting a unit on duty");
        }
        foreach (var walker in walkers)
            _turns.Enqueue(walker, now + DemoPause.Of(random, MeanSecondsOn));
        _nextCall = now.AddSeconds(FirstCallSeconds);
    }

    /// <summary>Does what is due.</summary>
    public async Task StepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (_turns.TryPeek(out var walker, out var at) && at <= now)
        {
            _turns.Dequeue();
            await TurnAsync(walker, now, cancellationToken);
        }
        if (_call is { } call && call.Until <= now)
        {
            // refused when a person was quicker
            _ = await (await desk.SitAsync(cancellationToken)).AnswerSosAsync(call.Unit.Id, new SosReplyRequest(DemoPeople.Say("已联系，增援在途")), cancellationToken);
            _call = null;
        }
        if (_call is null && now >= _nextCall)
            await CallAsync(now, cancellationToken);
    }

    private async Task TurnAsync(Walker walker, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var on = !walker.OnDuty;
        var answer = await client.SetDutyAsync(walker.Id, on, cancellationToken);
        if (answer.Body is not null)
            walker.OnDuty = on;
        // it may not leave while it calls for help; then it tries again
        else if (answer.Status != HttpStatusCode.Conflict)
            answer.Require("putting a unit on or off duty");
        _turns.Enqueue(walker, now + (walker.OnDuty ? NextLeave(walker) : DemoPause.Of(random, MeanSecondsOff)));
    }

    /// <summary>Whose phone is nearly empty leaves soon.</summary>
    private TimeSpan NextLeave(Walker walker) => DemoPause.Of(random, walker.Battery < Empty ? 60 : MeanSecondsOn);

    private async Task CallAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _nextCall = now + DemoPause.Of(random, MeanSecondsBetweenCalls);
        var heard = walkers.Where(w => w.Heard is not null).ToList();
        if (heard.Count == 0)
            return;
        var walker = heard[random.Next(heard.Count)];
        (await client.RaiseSosAsync(walker.Id, new SosRequest(Note: DemoPeople.Say(random, Calls)), cancellationToken)).Require("calling for help");
        _call = (walker, now.AddSeconds(random.Next(AnswersFrom, AnswersUntil)));
    }
}
