namespace Orleans.Runtime;

/// <summary>
/// The one active instance of a grain: its queue, its turns, its timers, its life. The queue has no bound, as in Orleans by
/// default: callers await their answers, and that bounds it.
/// </summary>
internal sealed partial class Activation : IGrainContext, ICallHolder
{
    /// <summary>Turns started at a stretch before continuations of others get their chance.</summary>
    private const int Stretch = 32;

    private static readonly Action<object?> PumpTurns = static activation => ((Activation)activation!).Pump();
    private readonly Lock _gate = new();
    private readonly Silo _silo;
    private readonly ActivationScheduler _scheduler;
    private TurnQueue _waiting;
    private TurnQueue _running;
    private Turn? _blocking;
    private int _waitingInterleavable;
    private bool _pumping;
    private ActivationState _state = ActivationState.Activating;
    private long _lastUsed;
    private DateTimeOffset _keepUntil = DateTimeOffset.MinValue;

    public Activation(Silo silo, GrainTarget target)
    {
        _silo = silo;
        Target = target;
        _scheduler = new ActivationScheduler(this);
        _lastUsed = silo.Time.GetTimestamp();
    }

    public GrainTarget Target { get; }

    public object? GrainInstance { get; private set; }

    /// <summary>Puts a turn in the queue, or refuses because the activation has ended.</summary>
    public bool TryReceive(Turn turn)
    {
        lock (_gate)
        {
            if (_state == ActivationState.Ended)
                return false;
            if (turn is GrainCall call)
                call.Holder = this;
            turn.Place = TurnPlace.Waiting;
            _waiting.Add(turn);
            if (turn.AlwaysInterleaves || turn.OnlyReads)
                _waitingInterleavable++;
            SchedulePump();
        }

        return true;
    }

    /// <summary>A turn is over; whatever it held up may go on.</summary>
    public void OnEnded(Turn turn)
    {
        lock (_gate)
        {
            _running.Remove(turn);
            turn.Place = TurnPlace.Nowhere;
            if (_blocking == turn)
                _blocking = null;
            if (turn.KeepsAlive)
                _lastUsed = _silo.Time.GetTimestamp();
            if (_waiting.Count > 0 || (_state == ActivationState.Deactivating && _running.Count == 0))
                SchedulePump();
        }
    }

    public void OnCallerCancelled(GrainCall call)
    {
        lock (_gate)
        {
            if (call.Place == TurnPlace.Waiting)
                TakeOut(call);
            else if (call.Place == TurnPlace.Running)
                _scheduler.Post(static running => ((GrainCall)running!).CancelTurn(), call);
            else
                call.CancelTurn();
        }
    }

    /// <summary>Answers calls that were made too long ago: those that wait never run, those that run go on unheard.</summary>
    public void TimeOut(long madeBefore, TimeSpan timeout)
    {
        List<GrainCall>? late = null;
        lock (_gate)
        {
            for (var turn = _waiting.First; turn is not null;)
            {
                var next = turn.Next;
                if (turn is GrainCall call && call.MadeAt < madeBefore)
                {
                    TakeOut(call);
                    (late ??= []).Add(call);
                }

                turn = next;
            }

            for (var turn = _running.First; turn is not null; turn = turn.Next)
                if (turn is GrainCall { IsOneWay: false } call && call.MadeAt < madeBefore)
                    (late ??= []).Add(call);
        }

        if (late is null)
            return;
        foreach (var call in late)
            call.TimeOut(timeout);
    }

    /// <summary>Under the lock.</summary>
    private void TakeOut(Turn turn)
    {
        _waiting.Remove(turn);
        turn.Place = TurnPlace.Nowhere;
        if (turn.AlwaysInterleaves || turn.OnlyReads)
            _waitingInterleavable--;
    }

    /// <summary>Under the lock.</summary>
    private void SchedulePump()
    {
        if (_pumping || _state == ActivationState.Activating)
            return;
        _pumping = true;
        _scheduler.Post(PumpTurns, this);
    }

    private void Pump()
    {
        for (var i = 0; i < Stretch; i++)
        {
            Turn? turn;
            lock (_gate)
            {
                if (_state == ActivationState.Deactivating && _running.Count == 0 && !_ending)
                {
                    _pumping = false;
                    _ending = true;
                    _ = EndAsync();
                    return;
                }

                turn = Next();
                if (turn is null)
                {
                    _pumping = false;
                    return;
                }

                TakeOut(turn);
                turn.Place = TurnPlace.Running;
                _running.Add(turn);
                if (_blocking is null && !turn.AlwaysInterleaves)
                    _blocking = turn;
            }

            turn.Run(this, GrainInstance!);
        }

        lock (_gate)
            _scheduler.Post(PumpTurns, this);
    }

    /// <summary>The first that may run now. Under the lock.</summary>
    private Turn? Next()
    {
        if (_state != ActivationState.Valid)
            return null;
        if (_running.Count == 0 || _blocking is null || Target.Class.IsReentrant)
            return _waiting.First;
        if (_waitingInterleavable == 0)
            return null;
        for (var turn = _waiting.First; turn is not null; turn = turn.Next)
            if (turn.AlwaysInterleaves || (turn.OnlyReads && _blocking.OnlyReads))
                return turn;
        return null;
    }
}

/// <summary>Where an activation is in its life.</summary>
internal enum ActivationState
{
    Activating,
    Valid,
    Deactivating,
    Ended,
}
