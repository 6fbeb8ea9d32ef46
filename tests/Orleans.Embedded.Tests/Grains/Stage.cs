using System.Collections.Concurrent;

namespace Orleans.Embedded.Tests.Grains;

/// <summary>What tests and the grains under test share: gates to hold turns at, notes of what happened, switches.</summary>
internal sealed class Stage
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new();
    private readonly ConcurrentQueue<string> _notes = new();
    private int _serial;

    /// <summary>While true, activations of <see cref="LifeGrain"/> fail.</summary>
    public volatile bool ActivationsFail;

    /// <summary>A grain's scheduler, lent to the test.</summary>
    public TaskScheduler? Scheduler { get; set; }

    public IReadOnlyList<string> Notes => [.. _notes];

    public Gate this[string name] => _gates.GetOrAdd(name, static _ => new Gate());

    /// <summary>A number that no other caller gets.</summary>
    public int Next() => Interlocked.Increment(ref _serial);

    public void Note(string note) => _notes.Enqueue(note);

    /// <summary>Whether a note stands.</summary>
    public bool Has(string note) => _notes.Contains(note);

    /// <summary>Waits until a note stands. Generous: the machine may be busy.</summary>
    public Task Noted(string note) => Wait.Until(() => _notes.Contains(note), $"the note '{note}'");
}
