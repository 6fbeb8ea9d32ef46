using Orleans.Concurrency;
using Situational.Grains.Messages;

namespace Situational.Grains;

/// <summary>A squad (巡防队), keyed by its id: each unit's last fix, state and current grid, its duty, and the end of its trail.</summary>
[Alias("situational.squad")]
public interface ISquadGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes fixes in their order, moves units between grids, and tells those grids before it returns. Fixes of who is off duty are refused.
    /// </summary>
    [Alias("record")]
    Task<FixCounts> RecordAsync(FixBatch batch, CancellationToken cancellationToken);

    /// <summary>Makes sure the squad is active, so that its units grow old on the wall even if no fix comes.</summary>
    [Alias("wake")]
    Task WakeAsync(CancellationToken cancellationToken);

    /// <summary>Puts a unit on or off duty. Returns only when it is durable and the grids were told: who is off duty is on no map.</summary>
    [AlwaysInterleave, Alias("set-duty")]
    Task<DutyReceipt> SetDutyAsync(DutyCommand command, CancellationToken cancellationToken);

    /// <summary>
    /// Notes a unit's call for help, and puts it on duty. Returns only when it is durable and told. While a call is open, another one adds
    /// its note and place to it.
    /// </summary>
    [AlwaysInterleave, Alias("raise-sos")]
    Task<DutyReceipt> RaiseSosAsync(SosCommand command, CancellationToken cancellationToken);

    /// <summary>Ends a unit's call for help. Returns only when it is durable and told.</summary>
    [AlwaysInterleave, Alias("answer-sos")]
    Task<DutyReceipt> AnswerSosAsync(SosReply reply, CancellationToken cancellationToken);

    /// <summary>Tells coverage at once what was walked and it was not told yet. Returns when that is done, or after 5 s.</summary>
    [AlwaysInterleave, Alias("tell-ways")]
    Task TellWaysAsync(CancellationToken cancellationToken);

    /// <summary>Who is in the squad.</summary>
    [AlwaysInterleave, Alias("describe")]
    Task<SquadDescription> DescribeAsync(CancellationToken cancellationToken);
}
