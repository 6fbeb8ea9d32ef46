using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;

namespace Situational.Grains.Tests.Rules;

public sealed class CityRulesFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Start_NoFilesNamed_TakesTheShippedRules()
    {
        using var services = Services();
        var rules = services.GetRequiredService<CityRules>();
        Assert.Equal(CityRules.Default.Categories.Keys, rules.Categories.Keys);
        Assert.Same(rules, services.GetRequiredService<CityRules>());
    }

    [Fact]
    public void Start_AFileOfOnesOwn_IsReadInstead()
    {
        var catalogue = Encoding.UTF8.GetString(CatalogueReader.DefaultFile.Span).Replace("城市管理综合执法局", "城管局", StringComparison.Ordinal);
        using var services = Services(("Catalogue", Write("catalogue.json", catalogue)));
        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.Equal("城管局", services.GetRequiredService<CityRules>().Departments["urban-management"].Name.Zh);
    }

    [Fact]
    public void Start_FaultsInBothFiles_AreRefusedOneLineEach()
    {
        var calendar = Encoding.UTF8.GetString(CalendarReader.DefaultFile.Span).Replace("Asia/Shanghai", "Nowhere/Here", StringComparison.Ordinal);
        using var services = Services(("Catalogue", Write("catalogue.json", """{"source":1}""")), ("Calendar", Write("calendar.json", calendar)));
        var fault = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
        Assert.Contains(fault.Failures, line => line.StartsWith("catalogue: source", StringComparison.Ordinal));
        Assert.Contains(fault.Failures, line => line.StartsWith("calendar: zone", StringComparison.Ordinal));
        Assert.All(fault.Failures, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void Start_AFileBeyondTheBound_IsRefusedWithoutReadingAllOfIt()
    {
        var path = Path.Combine(_folder, "large.json");
        using (var file = File.Create(path))
            file.SetLength(3L << 30);
        using var services = Services(("Catalogue", path));
        var fault = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
        Assert.Contains("at most", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Name, string Path)[] files)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(files.Select(f => KeyValuePair.Create("Situational:City:" + f.Name, (string?)f.Path))).Build();
        return new ServiceCollection().AddSituationalGrains(configuration).BuildServiceProvider();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
