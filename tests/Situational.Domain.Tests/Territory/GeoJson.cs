using System.Text;

namespace Situational.Domain.Tests.Territory;

/// <summary>Small GeoJSON files for tests; quotes are written as apostrophes.</summary>
internal static class GeoJson
{
    public const string Square = "[[0,0],[0.01,0],[0.01,0.01],[0,0.01],[0,0]]";
    public const string EastSquare = "[[0.01,0],[0.02,0],[0.02,0.01],[0.01,0.01],[0.01,0]]";

    public const string City = "{'type':'Feature','properties':{'code':'1','name':'City','level':'city'},'geometry':null}";

    public static string Polygon(params string[] rings) => $"{{'type':'Polygon','coordinates':[{string.Join(',', rings)}]}}";

    public static string Grid(string code, string geometry, string parent = "1", string level = "grid") =>
        $"{{'type':'Feature','properties':{{'code':'{code}','name':'Area {code}','level':'{level}','parent':'{parent}'}},'geometry':{geometry}}}";

    public static string Collection(params string[] features) => $"{{'type':'FeatureCollection','features':[{string.Join(',', features)}]}}";

    public static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json.Replace('\'', '"'));
}
