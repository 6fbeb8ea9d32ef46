using System.Xml.Linq;
using Situational.Testing;

namespace Situational.Host.Tests.House;

/// <summary>Who may know whom: the project references of the house, read from the project files.</summary>
public sealed class ReferenceTests
{
    private const string Orleans = "Orleans";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Situational.Contracts"] = [],
        ["Situational.Domain"] = ["NetTopologySuite"],
        ["Orleans.Embedded"] = [],
        ["Situational.Grains"] = ["Situational.Domain", Orleans],
        ["Situational.Storage"] = ["Situational.Domain", "Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "StackExchange.Redis"],
        ["Situational.Host"] =
        [
            "Situational.Contracts", "Situational.Domain", "Situational.Grains", "Situational.Storage", "Situational.Web", Orleans,
            "Microsoft.AspNetCore.OpenApi", "CsvHelper",
        ],
        ["Situational.Cli"] = ["Situational.Contracts", "System.CommandLine", "Spectre.Console", "CsvHelper"],
        ["BlazorLeaflet"] = [],
        ["Situational.Web"] = ["BlazorLeaflet", "Situational.Contracts"],
    };

    public static TheoryData<string> Projects =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "web"), "*.csproj", SearchOption.AllDirectories))
            .Where(p => !p.Contains("node_modules", StringComparison.Ordinal))
            .Select(p => Path.GetRelativePath(Repository.Root, p))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_KnowsOnlyWhomItMay(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);

        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} is a new room: decide whom it may know");
        Assert.Subset(allowed.ToHashSet(), References(project).ToHashSet());
    }

    [Fact]
    public void House_HasEveryRoomOnce()
    {
        Assert.Equal(Allowed.Keys.Order(), Projects.Select(p => Path.GetFileNameWithoutExtension(p.Data)).Order());
    }

    [Fact]
    public void EveryProject_IsInTheSolutionAndHasATestProject()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Situational.sln"));

        foreach (var project in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.Contains($"\"{name}\"", solution);
            if (name != "Situational.Contracts")
                Assert.Contains($"\"{name}.Tests\"", solution);
        }
    }

    private static IEnumerable<string> References(string project)
    {
        var xml = XDocument.Load(Path.Combine(Repository.Root, project));
        foreach (var item in xml.Descendants())
        {
            var include = item.Attribute("Include")?.Value;
            if (item.Name.LocalName == "ProjectReference")
                yield return Path.GetFileNameWithoutExtension(include!.Replace('\\', '/'));
            else if (item.Name.LocalName == "PackageReference")
                yield return include!;
            else if (item.Name.LocalName == "Import" && item.Attribute("Project")!.Value.EndsWith("Orleans.props", StringComparison.Ordinal))
                yield return Orleans;
        }
    }
}
