using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The runtime of one host: its activations, its clock, its rounds. Starts and stops with the host.</summary>
internal sealed partial class Silo : IHostedService, ILocalSiloDetails, IDisposable
{
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<GrainCall, bool> _observed = new();
    private readonly TimeSpan _responseTimeout;
    private readonly ILogger<Silo> _logger;
    private ITimer? _timeouts;
    private ITimer? _collections;
    private volatile SiloState _state;

    public Silo(
        IServiceProvider services, TimeProvider time, ILogger<Silo> logger, IOptions<SiloOptions> silo, IOptions<ClusterOptions> cluster,
        IOptions<SiloMessagingOptions> messaging, IOptions<GrainCollectionOptions> collection)
    {
        (Services, Time, _logger) = (services, time, logger);
        (Name, ClusterId) = (silo.Value.SiloName, cluster.Value.ClusterId);
        _responseTimeout = messaging.Value.ResponseTimeout;
        Collection = Checked(collection.Value);
        Classes = new GrainClasses(Collection);
        Catalog = new Catalog(this);
    }

    public string Name { get; }

    public string ClusterId { get; }

    public IServiceProvider Services { get; }

    public TimeProvider Time { get; }

    public GrainCollectionOptions Collection { get; }

    public GrainClasses Classes { get; }

    public Catalog Catalog { get; }

    /// <summary>Before the start and after the stop.</summary>
    public bool RefusesCalls => _state is SiloState.Created or SiloState.Stopped;

    /// <summary>While stopping, grains that are active still answer, but no more are activated.</summary>
    public bool RefusesActivations => _state != SiloState.Running;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _state = SiloState.Running;
        var round = _responseTimeout < LongestRound ? _responseTimeout / 2 : LongestRound / 2;
        _timeouts = Time.CreateTimer(static silo => ((Silo)silo!).TimeOutCalls(), this, round, round);
        _collections = Time.CreateTimer(static silo => ((Silo)silo!).CollectIdle(), this, Collection.CollectionQuantum, Collection.CollectionQuantum);
        LogStarted(Name);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_state != SiloState.Running)
            return;
        _state = SiloState.Stopping;
        _collections?.Dispose();
        var active = Catalog.Count;
        await Catalog.DeactivateAllAsync(new(DeactivationReasonCode.ShuttingDown, "The silo is stopping."), cancellationToken);
        _state = SiloState.Stopped;
        _timeouts?.Dispose();
        var left = Catalog.Count;
        LogStopped(Name, active - left, left);
    }

    public void Dispose()
    {
        _timeouts?.Dispose();
        _collections?.Dispose();
    }

    /// <summary>Whether a call made then has been waited for long enough.</summary>
    public bool IsLate(long madeAt) => Time.GetElapsedTime(madeAt) >= _responseTimeout;

    /// <summary>An observer's call is on its way.</summary>
    public void Observed(GrainCall call) => _observed[call] = true;

    /// <summary>An observer's call has ended.</summary>
    public void Answered(GrainCall call) => _observed.TryRemove(call, out _);

    private void TimeOutCalls()
    {
        var madeBefore = Time.GetTimestamp() - (long)(_responseTimeout.TotalSeconds * Time.TimestampFrequency);
        Catalog.TimeOut(madeBefore, _responseTimeout);
        foreach (var (call, _) in _observed)
        {
            if (call.MadeAt > madeBefore || !_observed.TryRemove(call, out _))
                continue;
            call.TimeOut(_responseTimeout);
        }
    }

    private void CollectIdle() => Catalog.CollectIdle(Time.GetTimestamp());

    private static GrainCollectionOptions Checked(GrainCollectionOptions options)
    {
        if (options.CollectionQuantum <= TimeSpan.Zero)
            throw new OrleansConfigurationException($"CollectionQuantum is {options.CollectionQuantum}; it must be more than zero.");
        foreach (var age in options.ClassSpecificCollectionAge.Values.Append(options.CollectionAge))
            if (age <= options.CollectionQuantum && age != Timeout.InfiniteTimeSpan)
                throw new OrleansConfigurationException($"A collection age is {age}; it must be more than CollectionQuantum, {options.CollectionQuantum}.");
        return options;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Name} runs on Orleans.Embedded")]
    private partial void LogStarted(string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Name} stopped: {Ended} activations ended, {Left} left behind")]
    private partial void LogStopped(string name, int ended, int left);

    [LoggerMessage(Level = LogLevel.Error, Message = "Activation of {Grain} failed")]
    public partial void LogActivationFailed(GrainTarget grain, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deactivation of {Grain} failed")]
    public partial void LogDeactivationFailed(GrainTarget grain, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer of {Grain} failed; it ticks on")]
    public partial void LogTimerFault(GrainTarget grain, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "One-way call {Call} to {Target} failed")]
    public partial void LogOneWayFault(string call, CallTarget target, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Call} found no observer {Observer}: it was deleted or collected")]
    public partial void LogObserverGone(string call, string observer);
}

/// <summary>Where a silo is in its life.</summary>
internal enum SiloState
{
    Created,
    Running,
    Stopping,
    Stopped,
}
