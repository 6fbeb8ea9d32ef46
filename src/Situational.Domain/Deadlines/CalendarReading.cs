using Situational.Domain.Configuration;

namespace Situational.Domain.Deadlines;

/// <summary>What <see cref="CalendarReader"/> found.</summary>
/// <param name="Calendar">The calendar, or null when there are faults.</param>
/// <param name="Faults">Why the file is refused, at most 100 and one that counts the rest.</param>
public sealed record CalendarReading(WorkingCalendar? Calendar, IReadOnlyList<ConfigurationFault> Faults);
