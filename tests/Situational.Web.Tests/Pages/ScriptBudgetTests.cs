using System.IO.Compression;
using System.Text.RegularExpressions;
using Situational.Testing;
using Situational.Web.Texts;

namespace Situational.Web.Tests.Pages;

/// <summary>What a page's script weighs on the wire, with everything it loads, at once or later.</summary>
public sealed partial class ScriptBudgetTests(ITestOutputHelper output)
{
    private const int MostBytes = 300_000;
    private const string Words = "words-";
    private static readonly string Web = Path.Combine(Repository.Root, "web");
    private static readonly string Built = Path.Combine(Web, "Situational.Web", "wwwroot");

    public static MatrixTheoryData<string, string> Pages => new(
        [.. Directory.EnumerateFiles(Path.Combine(Web, "Situational.Web", "Scripts"), "*.ts").Where(f => !f.Contains(".test.", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)],
        [.. TextSet.All.Select(set => set.Language)]);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_ScriptWithAllItLoads_IsUnder300KilobytesCompressed(string page, string language)
    {
        var own = $"{Words}{language.ToLowerInvariant()}.js";
        var modules = ModulesOf(Path.Combine(Built, page + ".js"));
        // A page loads the words of its own language alone.
        Assert.Contains(modules, m => Path.GetFileName(m) == own);
        modules.RemoveWhere(m => Path.GetFileName(m).StartsWith(Words, StringComparison.Ordinal) && Path.GetFileName(m) != own);

        var sizes = modules.Select(m => (Name: Path.GetFileName(m), Bytes: CompressedBytes(m))).OrderByDescending(m => m.Bytes).ToList();
        foreach (var (name, bytes) in sizes)
            output.WriteLine($"{bytes,8} {name}");
        Assert.InRange(sizes.Sum(m => m.Bytes), 1_000, MostBytes);
    }

    [Fact]
    public void Duty_Script_HasTheMapAndTheChartAmongItsModules()
    {
        var names = ModulesOf(Path.Combine(Built, "duty.js")).Select(m => Path.GetFileName(m)!).ToList();

        Assert.Contains("blazor-leaflet.js", names);
        Assert.Contains(names, name => name.StartsWith("chart-", StringComparison.Ordinal));
    }

    /// <summary>The module and all that it imports, statically or when needed.</summary>
    private static HashSet<string> ModulesOf(string entry)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var left = new Queue<string>([entry]);
        while (left.TryDequeue(out var module))
        {
            if (!found.Add(module))
                continue;
            foreach (Match import in Import().Matches(File.ReadAllText(module)))
                left.Enqueue(FileOf(module, import.Groups[1].Value));
        }

        return found;
    }

    /// <summary>The other library's module lies beside this one on the server, not on the disk.</summary>
    private static string FileOf(string from, string import) =>
        import.StartsWith("../BlazorLeaflet/", StringComparison.Ordinal)
            ? Path.Combine(Web, "BlazorLeaflet", "wwwroot", import["../BlazorLeaflet/".Length..])
            : Path.GetFullPath(import, Path.GetDirectoryName(from)!);

    private static long CompressedBytes(string file)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(File.ReadAllBytes(file));
        return compressed.Length;
    }

    [GeneratedRegex("(?:from|import)\\s*\\(?\\s*[\"'`](\\.{1,2}/[^\"'`]+\\.js)[\"'`]")]
    private static partial Regex Import();
}
