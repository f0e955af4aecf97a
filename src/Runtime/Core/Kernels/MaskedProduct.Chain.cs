using System;

namespace SdCompiler.Runtime;

/// <content>Products that add to what another product has written, and products of what the step before has given (input feeding).</content>
public static unsafe partial class MaskedProduct
{
    /// <summary>F1 for some steps, on top of another input's part: y[t] += x[t] . W[kept(t), :].</summary>
    /// <param name="lane">The calling lane; it computes its own panels of y.</param>
    /// <param name="window">Gives the rows and the kept units of each step.</param>
    /// <param name="weights">W, [units, columns].</param>
    /// <param name="workspace">Holds x and y.</param>
    /// <param name="x">Offset of x at step 0, [T, units, B].</param>
    /// <param name="y">Offset of y at step <paramref name="first"/>, [count, B, N]; added to.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The mask site that says which units are read, or -1.</param>
    /// <param name="first">The first step.</param>
    /// <param name="count">The number of steps.</param>
    public static void AddWindow(Lane lane, Window window, MatrixParameter weights, Workspace workspace, int x, int y, int B, int site, int first, int count)
        => Forward(lane, window, weights, null, workspace.At(x), workspace.At(y), B, site, first, count, add: true);

    /// <summary>T6 at step t, at least 1: y[t] += x[t-1] . W[kept(t-1), :].</summary>
    /// <param name="lane">The calling lane; it computes its own panels of y.</param>
    /// <param name="window">Gives the rows of step t and the kept units of the step before.</param>
    /// <param name="t">The step.</param>
    /// <param name="weights">W, [units, columns].</param>
    /// <param name="workspace">Holds x and y.</param>
    /// <param name="x">Offset of x at step 0, [T, units, B].</param>
    /// <param name="y">Offset of y at step t, [B, N]; added to.</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The mask site of x, or -1.</param>
    public static void AddPreviousStep(Lane lane, Window window, int t, MatrixParameter weights, Workspace workspace, int x, int y, int B, int site)
        => Forward(lane, window, weights, null, workspace.At(x) - ((long)weights.Rows * B), workspace.At(y), B, Previous(site), t, 1, add: true);

    /// <summary>T9 at step t, at least 1: dx[t-1][kept(t-1)] += scale * dy[t] . W[kept(t-1), :]^T.</summary>
    /// <param name="lane">The calling lane; it computes its own units of dx.</param>
    /// <param name="window">Gives the rows of step t and the kept units of the step before.</param>
    /// <param name="t">The step.</param>
    /// <param name="weights">W, with its plain rows.</param>
    /// <param name="workspace">Holds dy and dx.</param>
    /// <param name="dy">Offset of dy at step t, [B, N].</param>
    /// <param name="dx">Offset of dx at step 0, [T, units, B].</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The mask site of x, or -1.</param>
    public static void BackwardPreviousStep(Lane lane, Window window, int t, MatrixParameter weights, Workspace workspace, int dy, int dx, int B, int site)
        => Backward(lane, window, weights, workspace.At(dy), workspace.At(dx) - ((long)weights.Rows * B), B, Previous(site), accumulate: true, t, 1);

    /// <summary>T9 for the whole window: dW[kept(t-1), :] += x[t-1]^T . dy[t], for the steps from 1 on. The first step reads nothing.</summary>
    /// <param name="lane">The calling lane; it computes its own panels of dW.</param>
    /// <param name="window">Gives the rows and the kept units of each step.</param>
    /// <param name="dW">The gradient of W.</param>
    /// <param name="workspace">Holds x and dy.</param>
    /// <param name="x">Offset of x at step 0, [T, units, B]: what the forward product read.</param>
    /// <param name="dy">Offset of dy at step 0, [T, B, N].</param>
    /// <param name="B">The batch stride.</param>
    /// <param name="site">The mask site of x, or -1.</param>
    public static void GradientPreviousWindow(Lane lane, Window window, MatrixGradient dW, Workspace workspace, int x, int dy, int B, int site)
    {
        if (window.Steps > 1)
        {
            float* dySecond = workspace.At(dy) + ((long)B * dW.Matrix.PaddedColumns);
            Gradient(lane, window, dW, null, workspace.At(x) - ((long)dW.Matrix.Rows * B), dySecond, B, Previous(site), 1, window.Steps - 1, begin: true, end: true);
            return;
        }

        Share panels = lane.Share(dW.Matrix.Panels);
        for (int panel = panels.Start; panel < panels.End; panel++)
        {
            Clear(dW.Panel(panel), dW.Matrix.Rows * KernelSet.PanelColumns);
            dW.Norms[panel] = 0;
        }
    }

    private static int Previous(int site) => site < 0 ? -1 : site + Window.PreviousStep;
}
