using BenchmarkDotNet.Attributes;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;

namespace Situational.Benchmarks;

/// <summary>A deadline on the shipped calendar, and a clock with its three instants; starts spread over a year. Time and bytes are for one.</summary>
[MemoryDiagnoser]
public class DeadlineBenchmarks
{
    private const int Starts = 4_096;
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly WorkingCalendar _calendar = CityRules.Default.Calendar;

    /// <summary>What is counted.</summary>
    [Params(LimitUnit.Minutes, LimitUnit.WorkingHours, LimitUnit.WorkingDays, LimitUnit.CalendarDays)]
    public LimitUnit Unit { get; set; }

    /// <summary>The deadline alone.</summary>
    [Benchmark(OperationsPerInvoke = Starts)]
    public long From()
    {
        var sum = 0L;
        for (var i = 0; i < Starts; i++)
            sum += Deadline.From(First.AddMinutes(i * 128), new(5, Unit), _calendar).UtcTicks;
        return sum;
    }

    /// <summary>A clock.</summary>
    [Benchmark(OperationsPerInvoke = Starts)]
    public long Start()
    {
        var sum = 0L;
        for (var i = 0; i < Starts; i++)
            sum += Clock.Start(ClockKind.Handle, new(5, Unit), First.AddMinutes(i * 128), _calendar).DueAt.UtcTicks;
        return sum;
    }

    /// <summary>What a clock has used, half of a year later.</summary>
    [Benchmark(OperationsPerInvoke = Starts)]
    public long Used()
    {
        var sum = 0L;
        for (var i = 0; i < Starts; i++)
            sum += Deadline.Used(First.AddMinutes(i * 128), First.AddMinutes(i * 128).AddDays(180), Unit, _calendar);
        return sum;
    }
}
