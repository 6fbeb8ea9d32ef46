using System.Globalization;
using Situational.Domain.Kpis;
using Situational.Testing;

namespace Situational.Domain.Tests.Kpis;

/// <summary>docs/kpi.md says what the code does.</summary>
public sealed class KpiDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "kpi.md"));

    [Fact]
    public void EveryRate_HasItsRowInItsOrderWithWhatIsGood()
    {
        var rows = Rows("`").Where(r => r.Length == 5).ToList();

        Assert.Equal(KpiKeys.Rates, rows.Select(r => r[0].Trim('`')));
        Assert.Equal(Enum.GetValues<KpiRate>().Select(r => KpiKeys.HighIsGood(r) ? "high" : "low"), rows.Select(r => r[4]));
        Assert.All(rows, r => Assert.All(r, cell => Assert.NotEmpty(cell)));
    }

    [Fact]
    public void EveryTime_HasItsRowInItsOrder()
    {
        var rows = Rows("`").Where(r => r.Length == 4).ToList();

        Assert.Equal(KpiKeys.Times, rows.Select(r => r[0].Trim('`')));
        Assert.Equal(Enum.GetValues<KpiTime>().Select(KpiKeys.Of), KpiKeys.Times);
    }

    [Fact]
    public void EveryExample_IsWhatTheCodeWorksOut()
    {
        var rows = Rows("").Where(r => r.Length == 5 && int.TryParse(r[0], out _)).ToList();

        Assert.Equal(8, rows.Count);
        foreach (var row in rows)
        {
            var ratio = new Ratio(int.Parse(row[0], CultureInfo.InvariantCulture), int.Parse(row[1], CultureInfo.InvariantCulture));
            Assert.Equal([row[2], row[3], row[4]], [Text(ratio.Value), Text(ratio.Interval?.Low), Text(ratio.Interval?.High)]);
        }

        static string Text(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";
    }

    private static IEnumerable<string[]> Rows(string begin) =>
        Lines.Where(l => l.StartsWith("| " + begin, StringComparison.Ordinal)).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries));
}
