import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';

/** True once `milliseconds` have passed: quick answers show no flicker. */
function useAfter(milliseconds: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return passed;
}

/** Lines that stand in for what is being fetched, after 300 ms. */
export function PageSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className="skeleton" aria-busy="true">
      {useAfter(300) && <Skeleton active title paragraph={{ rows }} />}
    </div>
  );
}
