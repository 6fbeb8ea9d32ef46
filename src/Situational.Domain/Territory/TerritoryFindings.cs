namespace Situational.Domain.Territory;

/// <summary>Collects what is wrong with a file while it is read; bounded.</summary>
internal sealed class TerritoryFindings
{
    private readonly List<TerritoryFault> _faults = [];
    private readonly List<TerritoryRepair> _repairs = [];
    private int _unlisted;

    public bool HasFaults => _faults.Count > 0;

    public void Refuse(int? feature, string? area, string reason, string text)
    {
        if (_faults.Count < TerritoryReader.MaxFaults)
            _faults.Add(new(feature, area, reason, text));
        else
            _unlisted++;
    }

    public void Mended(int feature, string? area, string text) => _repairs.Add(new(feature, area, text));

    public TerritoryReading Refused()
    {
        if (_unlisted > 0)
            _faults.Add(new(null, null, "more-faults", $"{_unlisted} more faults are not listed."));
        return new(null, _faults, [], _repairs);
    }

    public TerritoryReading Accepted(CityTerritory territory, IReadOnlyList<TerritoryWarning> warnings) => new(territory, [], warnings, _repairs);
}
