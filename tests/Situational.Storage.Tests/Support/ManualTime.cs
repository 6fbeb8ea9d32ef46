namespace Situational.Storage.Tests.Support;

/// <summary>A clock that moves only when told; its stopwatch is the real one.</summary>
public sealed class ManualTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
