using System;

namespace SdCompiler.Runtime;

/// <summary>Splits the running rows of several time steps over lanes: rows are counted through all steps, so that short steps do not leave lanes idle.</summary>
internal static class StepRows
{
    /// <summary>This lane's part of all running rows of steps [first, first + count).</summary>
    public static Share Of(Lane lane, Window w, int first, int count)
    {
        int rows = 0;
        for (int t = first; t < first + count; t++)
        {
            rows += w.RowsAt(t);
        }

        return lane.Share(rows);
    }

    /// <summary>The rows of one step that belong to a share, where <paramref name="before"/> rows belong to earlier steps.</summary>
    public static Share In(Share share, int before, int rows)
        => new(Math.Clamp(share.Start - before, 0, rows), Math.Clamp(share.End - before, 0, rows));
}
