using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Situational.Domain.Geometry;
using Situational.Grains.Messages;

namespace Situational.Grains.Tests.Support;

/// <summary>A city of square grids of 500 m in rows from west to east and south to north, and places named in metres from its corner.</summary>
internal static class Street
{
    public const double SideMeters = 500;

    private const double South = 30.25, West = 120.15;
    private static readonly MetricScale Scale = MetricScale.At(South);

    public static string Grid(int column, int row = 0) => $"33010600{row:00}{column:00}";

    public static (double Latitude, double Longitude) At(double eastMeters, double northMeters = 250) =>
        (South + northMeters / Scale.MetersPerDegreeLatitude, West + eastMeters / Scale.MetersPerDegreeLongitude);

    public static TerritoryProposal Proposal(int columns, int rows = 1)
    {
        var features = new List<string> { """{"type":"Feature","properties":{"code":"330106","name":"City","level":"city"},"geometry":null}""" };
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                var corners = new[] { (0, 0), (1, 0), (1, 1), (0, 1), (0, 0) }.Select(c =>
                {
                    var (latitude, longitude) = At((column + c.Item1) * SideMeters, (row + c.Item2) * SideMeters);
                    return string.Create(CultureInfo.InvariantCulture, $"[{longitude:0.0000000},{latitude:0.0000000}]");
                });
                features.Add(
                    $$$"""{"type":"Feature","properties":{"code":"{{{Grid(column, row)}}}","name":"Grid {{{column}}}","level":"grid","parent":"330106"},"geometry":{"type":"Polygon","coordinates":[[{{{string.Join(',', corners)}}}]]}}""");
            }
        var json = Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""");
        return new TerritoryProposal(ImmutableArray.Create(json), Convert.ToHexString(SHA256.HashData(json)));
    }
}
