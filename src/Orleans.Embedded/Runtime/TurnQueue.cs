namespace Orleans.Runtime;

/// <summary>Turns in their order, linked through themselves so that any of them leaves in constant time. Not safe for threads.</summary>
internal struct TurnQueue
{
    private Turn? _last;

    public Turn? First { get; private set; }

    public int Count { get; private set; }

    public void Add(Turn turn)
    {
        turn.Previous = _last;
        turn.Next = null;
        if (_last is null)
            First = turn;
        else
            _last.Next = turn;
        _last = turn;
        Count++;
    }

    public void Remove(Turn turn)
    {
        if (turn.Previous is null)
            First = turn.Next;
        else
            turn.Previous.Next = turn.Next;
        if (turn.Next is null)
            _last = turn.Previous;
        else
            turn.Next.Previous = turn.Previous;
        turn.Previous = turn.Next = null;
        Count--;
    }
}
