namespace Situational.Domain.Coverage;

/// <summary>A line with what lies within a radius of it, on a plane in metres. It has one stretch on every parallel, because it is convex.</summary>
internal readonly ref struct Trail
{
    private readonly double _ax, _ay, _bx, _by, _ux, _uy, _length, _radius;

    public Trail(double ax, double ay, double bx, double by, double radius)
    {
        (_ax, _ay, _bx, _by, _radius) = (ax, ay, bx, by, radius);
        _length = Math.Sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
        if (_length > 0)
            (_ux, _uy) = ((bx - ax) / _length, (by - ay) / _length);
    }

    public double Bottom => Math.Min(_ay, _by) - _radius;

    public double Top => Math.Max(_ay, _by) + _radius;

    /// <summary>From where to where the parallel at <paramref name="y"/> lies in it; false if nowhere.</summary>
    public bool Stretch(double y, out double left, out double right)
    {
        (left, right) = (double.PositiveInfinity, double.NegativeInfinity);
        Disc(_ax, y - _ay, ref left, ref right);
        Disc(_bx, y - _by, ref left, ref right);
        // Between the ends: along the line from 0 to its length, across it at most the radius to either side.
        var (from, to) = (double.NegativeInfinity, double.PositiveInfinity);
        if (_length > 0 && Within(_ux, (y - _ay) * _uy, 0, _length, ref from, ref to)
            && Within(-_uy, (y - _ay) * _ux, -_radius, _radius, ref from, ref to))
        {
            left = Math.Min(left, _ax + from);
            right = Math.Max(right, _ax + to);
        }
        return left <= right;
    }

    private void Disc(double x, double off, ref double left, ref double right)
    {
        var square = _radius * _radius - off * off;
        if (square < 0)
            return;
        var half = Math.Sqrt(square);
        left = Math.Min(left, x - half);
        right = Math.Max(right, x + half);
    }

    /// <summary>Narrows to where <c>least ≤ slope·x + offset ≤ most</c>.</summary>
    private static bool Within(double slope, double offset, double least, double most, ref double from, ref double to)
    {
        if (slope == 0)
            return offset >= least && offset <= most;
        var (low, high) = ((least - offset) / slope, (most - offset) / slope);
        from = Math.Max(from, Math.Min(low, high));
        to = Math.Min(to, Math.Max(low, high));
        return from <= to;
    }
}
