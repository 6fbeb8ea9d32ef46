using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Situational.Domain.Coverage;
using Situational.Domain.Patrols;
using Situational.Domain.Risk;
using Situational.Grains.Options;

namespace Situational.Grains.Tests.Options;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_AreThoseOfTheDomainAndValid()
    {
        Assert.Equal(AgeLimits.Default, new PatrolOptions().Limits);
        Assert.Equal(TrailRules.Default, new PatrolOptions().Trail);
        Assert.Equal(new RiskRules(), new RiskOptions().ToRules());
        Assert.Equal(WalkRules.Default, new CoverageOptions().Rules);
        foreach (var options in new object[] { new PatrolOptions(), new RiskOptions(), new GridOptions(), new CoverageOptions() })
            Assert.True(Validator.TryValidateObject(options, new ValidationContext(options), null, true));
    }

    [Theory]
    [InlineData("Situational:Grids:MaxOpenCases", "0")]
    [InlineData("Situational:Grids:SilenceMinutes", "0")]
    [InlineData("Situational:Patrols:LateSeconds", "30")]
    [InlineData("Situational:Patrols:StaleSeconds", "100")]
    [InlineData("Situational:Patrols:SaveSeconds", "11")]
    [InlineData("Situational:Patrols:TrailMeters", "0")]
    [InlineData("Situational:Patrols:TrailMaxSeconds", "9")]
    [InlineData("Situational:Patrols:TrailMinSeconds", "61")]
    [InlineData("Situational:Patrols:TrailWaiting", "99")]
    [InlineData("Situational:Patrols:WalkAccuracyMeters", "0")]
    [InlineData("Situational:Risk:OrangeFrom", "1")]
    [InlineData("Situational:Risk:RedFrom", "7")]
    [InlineData("Situational:Risk:RedPoints", "-1")]
    [InlineData("Situational:Risk:ApproachingShare", "-0.1")]
    [InlineData("Situational:Risk:OverdueTwiceShare", "11")]
    [InlineData("Situational:Coverage:BufferMeters", "0.9")]
    [InlineData("Situational:Coverage:BufferMeters", "101")]
    [InlineData("Situational:Coverage:SaveSeconds", "11")]
    [InlineData("Situational:Coverage:MaxGapSeconds", "0")]
    [InlineData("Situational:Coverage:Unwalkable", "/no/such/file.geojson")]
    [InlineData("Situational:City:Catalogue", "/no/such/file.json")]
    [InlineData("Situational:City:Calendar", "/no/such/file.json")]
    public void Start_AValueOutOfItsRange_IsRefused(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        using var services = new ServiceCollection().AddSituationalGrains(configuration).BuildServiceProvider();
        var fault = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
        Assert.Contains(key.Split(':')[2], fault.Message, StringComparison.Ordinal);
    }
}
