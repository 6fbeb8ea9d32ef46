namespace Situational.Host.Feed;

/// <summary>The side of a change of territory.</summary>
internal sealed partial class CityPicture
{
    /// <summary>Takes over what an earlier picture knows of the grids that are still there: a new territory is no reason to forget the city.</summary>
    private void Carry(CityPicture before)
    {
        foreach (var old in before.Grids)
        {
            if (!old.Known || Find(old.Code) is not { } slot)
                continue;
            slot.Adopt(old);
            Heard++;
            foreach (var unit in slot.Units)
            {
                unit.Dirty = false;
                unit.Grid = unit.CutGrid = slot.Ordinal;
                unit.CutLatitude6 = unit.Latitude6;
                unit.CutLongitude6 = unit.Longitude6;
                _units[unit.Id] = unit;
            }
            foreach (var open in slot.Cases.Values)
            {
                open.Dirty = false;
                open.Cut = true;
                open.Grid = slot.Ordinal;
                // Of two grids that name a case one may be gone now.
                open.Other = Holder(open.Id);
                _cases[open.Id] = open;
                if (open.Row.Assignee is { } to)
                    AddGiven(open, to);
            }
        }
        foreach (var happened in before.Events.All)
            if (Find(before.Grids[happened.Grid].Code) is { } slot)
                Events.Add(happened with { Grid = slot.Ordinal });
        _ended.AddAll(before._ended);
    }
}
