namespace Situational.Storage.Redis;

/// <summary>When a call must have been answered, over all its steps and tries.</summary>
internal readonly struct RedisDeadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _begun = time.GetTimestamp();

    public TimeSpan Left => limit - Spent;

    public TimeSpan Spent => time.GetElapsedTime(_begun);
}
