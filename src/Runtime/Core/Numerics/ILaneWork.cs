namespace SdCompiler.Runtime;

/// <summary>Work that every lane of a <see cref="WorkerTeam"/> runs at the same time (single program, multiple data).</summary>
public interface ILaneWork
{
    /// <summary>Runs this lane's part. Every lane must reach the same barriers in the same order.</summary>
    /// <param name="lane">Who runs: its number, its kernels, its barrier.</param>
    void Execute(Lane lane);
}
