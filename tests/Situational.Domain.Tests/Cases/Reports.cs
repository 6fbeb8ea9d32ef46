using Situational.Domain.Cases;

namespace Situational.Domain.Tests.Cases;

internal static class Reports
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static Report Of(Severity severity) =>
        new("fire.blocked-exit", severity, "Exit blocked by crates", 30.25, 120.15, "worker", "Li Lei", "13800000000", []);

    public static Case Open(Severity severity, DateTimeOffset at, int number = 1) =>
        new($"330100-{number}", "330100", 1, Of(severity), Stage.Reported, at, at);
}
