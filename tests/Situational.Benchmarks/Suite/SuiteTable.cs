using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Situational.Testing;

namespace Situational.Benchmarks.Suite;

/// <summary>Figures as a table and as a file.</summary>
internal static class SuiteTable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static string File => Path.Combine(Repository.Root, "artifacts", "bench.json");

    /// <summary>Medians with least and most, where they stand, and ratios to another build and to an earlier run.</summary>
    public static void Print(IReadOnlyDictionary<string, Figure> now, IReadOnlyDictionary<string, Figure>? before, IReadOnlyDictionary<string, double>? earlier)
    {
        Console.WriteLine();
        Console.WriteLine($"{Machine}; median (least to most)");
        foreach (var figure in now.Values)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"  {figure.Name,-64} {Number(figure.Median),9} {figure.Unit,-6}({Number(figure.Values.Min())} to {Number(figure.Values.Max())}) {figure.Standing}");
            if (before is not null)
                line += string.Create(CultureInfo.InvariantCulture, $"  {figure.Median / before[figure.Key].Median:0.00} of the other build");
            if (earlier is not null && earlier.TryGetValue(figure.Key, out var then))
                line += string.Create(CultureInfo.InvariantCulture, $"  {figure.Median / then:0.00} of the earlier run");
            Console.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>Writes <c>artifacts/bench.json</c>.</summary>
    public static void Write(IReadOnlyDictionary<string, Figure> now, IReadOnlyDictionary<string, Figure>? before, int rounds)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, JsonSerializer.Serialize(
            new
            {
                machine = Machine,
                rounds,
                figures = now.Values.Select(f => new
                {
                    f.Key,
                    f.Name,
                    f.Unit,
                    f.Median,
                    least = f.Values.Min(),
                    most = f.Values.Max(),
                    f.Values,
                    f.Floor,
                    f.Goal,
                    f.Standing,
                    otherBuild = before?[f.Key].Median,
                }),
            }, Json) + "\n");
        Console.WriteLine($"Written to {Path.GetRelativePath(Repository.Root, File)}.");
    }

    /// <summary>The medians of an earlier run by their keys.</summary>
    public static IReadOnlyDictionary<string, double> Read(string file)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(file));
        return document.RootElement.GetProperty("figures").EnumerateArray()
            .ToDictionary(f => f.GetProperty("key").GetString()!, f => f.GetProperty("median").GetDouble());
    }

    private static string Machine =>
        $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, server and load together";

    private static string Number(double value) => value.ToString(value >= 1_000 ? "N0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
