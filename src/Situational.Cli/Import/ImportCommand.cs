using System.CommandLine;
using System.Globalization;
using System.Net;
using Situational.Cli.Http;

namespace Situational.Cli.Import;

/// <summary><c>import FILE</c>: brings a territory from a GeoJSON file into force.</summary>
internal static class ImportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TimeProvider time)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A GeoJSON FeatureCollection of areas: code, name, level, parent." };
        file.AcceptExistingOnly();
        var names = new Option<bool>("--names") { Description = "The file has only names and shapes: make codes and put all grids under one city." };
        var repair = new Option<bool>("--repair") { Description = "Mend rings that cross themselves, and list what was mended." };
        var lattice = new Option<int?>("--lattice") { Description = "The file's shapes are the boundary of a city without grids: cut it into squares of so many metres, 10 to 10,000." };
        var city = new Option<string?>("--city") { Description = "With --names or --lattice: the city's name. Default: the file's name." };
        var county = new Option<string?>("--county") { Description = "With --names or --lattice: the six digits that the made codes begin with." };
        var replace = new Option<int?>("--replace") { Description = "Bring it into force in the place of this version; open cases move to the grids that now contain them." };
        return new Command("import", "Brings a territory from a GeoJSON file into force.") { file, names, repair, lattice, city, county, replace }
            .Doing(time, (client, parsed, cancellationToken) =>
            {
                var from = parsed.GetValue(file)!;
                var query = new List<string>();
                if (parsed.GetValue(lattice) is { } meters)
                    query.Add($"lattice={meters}");
                if (parsed.GetValue(names))
                    query.Add("names=true");
                if (parsed.GetValue(names) || parsed.GetValue(lattice) is not null)
                {
                    query.Add("city=" + Uri.EscapeDataString(parsed.GetValue(city) ?? Path.GetFileNameWithoutExtension(from.Name)));
                    if (parsed.GetValue(county) is { } code)
                        query.Add("county=" + Uri.EscapeDataString(code));
                }
                if (parsed.GetValue(repair))
                    query.Add("repair=true");
                var address = query.Count == 0 ? "" : "?" + string.Join('&', query);
                return RunAsync(client, from, address, parsed.GetValue(replace), cancellationToken);
            });
    }

    private static async Task<int> RunAsync(SituationalClient client, FileInfo file, string query, int? replaces, CancellationToken cancellationToken)
    {
        var answer = await client.PutTerritoryAsync(
            await File.ReadAllBytesAsync(file.FullName, cancellationToken), query, cancellationToken, replaces);
        if (answer.Body is not { } territory)
        {
            await Console.Error.WriteLineAsync($"situational: {file.Name} was not taken: {answer.Fault}");
            return 1;
        }
        foreach (var repair in territory.Repairs)
            Console.WriteLine("mended: " + repair);
        foreach (var warning in territory.Warnings)
            Console.WriteLine("warning: " + warning);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(answer.Status == HttpStatusCode.Created ? "In force now" : "Was in force already")}: territory version {territory.Version}, city {territory.City}, {territory.Areas} areas, {territory.Grids} grids."));
        return 0;
    }
}
