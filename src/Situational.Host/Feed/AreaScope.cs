namespace Situational.Host.Feed;

/// <summary>Which grids of a picture belong to a watched area, and their sums. Guarded by the live view's gate.</summary>
internal sealed class AreaScope
{
    private readonly bool[] _contains;
    private readonly int[] _ordinals;
    private AreaSums _sums;
    private long _summedAt = -1;

    public AreaScope(string code, int[] ordinals, int slots)
    {
        Code = code;
        _ordinals = ordinals;
        _contains = new bool[slots];
        foreach (var ordinal in ordinals)
            _contains[ordinal] = true;
    }

    public string Code { get; }

    public ReadOnlySpan<int> Ordinals => _ordinals;

    public bool Contains(int ordinal) => ordinal >= 0 && _contains[ordinal];

    /// <summary>The sums as of the picture's present step; computed once a step whatever the number of channels.</summary>
    public ref readonly AreaSums Sums(CityPicture picture)
    {
        if (_summedAt != picture.Step)
        {
            _sums = AreaSums.Over(picture, _ordinals);
            _summedAt = picture.Step;
        }
        return ref _sums;
    }
}
