using Situational.Contracts.Http;

namespace Situational.Host.Api.OpenApi;

/// <summary>What the document shows of coverage.</summary>
internal static class CoverageExamples
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    public static readonly CoverageAnswer Shares = new(
        "440311", "daily", new(2026, 11, 22, 8, 14, 5, TimeSpan.Zero), [Today, Today.AddDays(-1), Today.AddDays(-2)], [0.417, 0.803, 0.776],
        [
            new("440311001001002", "合水口02网格", [0, 0.631, 0.702]),
            new("440311001001001", "合水口01网格", [0.518, 0.904, 1]),
        ]);

    public static readonly GridCellsAnswer Cells = new(
        "440311001001001", "daily", Today, 0.5, 22.7551, 113.9101, 22.755191, 113.910198, 2, 2, "Xw==");
}
