package org.mixtura.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.mixtura.data.Block;
import org.mixtura.kernel.KernelChoice;
import org.mixtura.kernel.Kernels;
import org.mixtura.kernel.Moments;
import org.mixtura.kernel.QuadraticForms;
import scala.Tuple2;

/** A round's work on one partition: scores its rows block by block and adds up their moments. */
final class MomentTask implements Function2<Integer, Iterator<RowBlock>, Iterator<Tuple2<Integer, double[]>>> {
    private static final long serialVersionUID = 1;

    private final Broadcast<SentForms> sent;
    private final long rows;

    /**
     * @param rows how many there are in all partitions, which chooses the same kernels for each
     */
    MomentTask(Broadcast<SentForms> sent, long rows) {
        this.sent = sent;
        this.rows = rows;
    }

    @Override
    public Iterator<Tuple2<Integer, double[]>> call(Integer partition, Iterator<RowBlock> blocks) {
        SentForms message = sent.value();
        QuadraticForms forms = message.forms();
        MomentSum sum = new MomentSum(MomentSum.length(forms, message.scatter()));
        Moments part = Moments.about(forms, message.scatter());
        long costPerRow = forms.costPerRow() + (long) forms.components() * part.second(0).length;
        Kernels.Worker worker = KernelChoice.forWork(rows, costPerRow).worker(forms);
        Block block = new Block();
        while (blocks.hasNext()) {
            blocks.next().show(block);
            worker.accumulate(block, part);
            sum.add(part);
            part.clear();
        }
        return List.of(new Tuple2<>(partition, sum.rounded())).iterator();
    }
}
